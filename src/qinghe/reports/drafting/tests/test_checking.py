"""The checker: each rule finds what breaks it, where it stands, and lets the rest alone."""

import pytest

from .known import found_in

GOOD = [
    "开展志愿服务活动{VOL-02}场次，参与志愿者{VOL-03}人次。",
    "上半年累计开展活动{VOL-02}场次，参与{VOL-03}人次。",
    "新增两新团组织{DIR-01}家，期末共计{DIR-02}家。",
    "全年下发学校领域团员编号{AFF-02}个，部署“{TGT-01}个百分百”工作。",
    "年度团籍注册率达到{AFF-05}，较上年同期{AFF-05^last_year}。",
    "活动场次较上年同期{VOL-02^last_year}，参与人次同比{VOL-03^last_year}。",
    "活动场次环比{VOL-02^previous}。",
    "发布动员令{EMG-01}个，接听电话{CAS-03}个。",
    "2021年上半年开展活动{VOL-02!2021H1}场次。",
    "横岗街道开展活动{VOL-02}场次，红棉社区和各街道、社区都参加。",
    "2022年5月4日起，自3月起开展《2021年工作要点》学习，开展“读懂2022”活动{ACT-03}场。",
    "印发龙团〔2022〕5号文件，9:30开始，（1）学习，围绕二十大、五四、一对一开展工作。",
    "横岗街道团工委获评，互联网行业团工委、各街道团工委参加，近{VOL-03}人次，共{DIR-02}余家。",
    "举办三四场交流，每个社区一支队伍，推动两个项目落地。",
]

FOUND = [
    # 未溯源: typed by hand, in whatever digits
    ("开展活动27123场次。", [("untraced", "27123")]),
    ("开展活动超2.7万场次。", [("untraced", "超2.7万")]),
    ("开展活动百余场。", [("untraced", "百余")]),
    ("新增二十三家。", [("untraced", "二十三")]),
    ("走访十家企业。", [("untraced", "十")]),
    ("完成率95%。", [("untraced", "95%")]),
    ("“读懂2023”活动。", [("untraced", "2023")]),
    # G-52, G-53
    ("约10余场。", [("two_hedges", "约10余"), ("untraced", "约10余")]),
    ("近8500余个。", [("two_hedges", "近8500余"), ("untraced", "近8500余")]),
    ("活动3千场。", [("spoken_size", "3千"), ("untraced", "3千")]),
    ("活动超{VOL-02}场次。", [("two_hedges", "超{VOL-02}")]),
    ("活动{ACT-01}余次。", [("two_hedges", "{ACT-01}余")]),
    # G-54
    ("超{DIR-02}家。", [("contradicts", "超{DIR-02}")]),
    ("约{ACT-03}场。", [("two_hedges", "约{ACT-03}")]),
    ("近{DIR-02}家。", [("contradicts", "近{DIR-02}")]),
    ("{DIR-02}百家。", [("spoken_size", "{DIR-02}百"), ("wrong_unit", "{DIR-02}")]),
    ("1{DIR-01}家。", [("contradicts", "1{DIR-01}"), ("untraced", "1")]),
    ("{DIR-01}{DIR-02}家。", [("contradicts", "{DIR-01}{DIR-02}"), ("wrong_unit", "{DIR-01}")]),
    (
        "{DIR-01|exact}万家。",
        [("contradicts", "{DIR-01|exact}万"), ("wrong_unit", "{DIR-01|exact}万家")],
    ),
    # G-55
    ("服务人次增长了{VOL-03}人次。", [("level_as_change", "增长了{VOL-03}")]),
    ("活动同比增长{VOL-02}场次。", [("level_as_change", "同比增长{VOL-02}")]),
    ("活动较上年同期增长{VOL-02^last_year}。", [("change_as_level", "增长{VOL-02^last_year}")]),
    ("活动增长到{VOL-02^last_year}。", [("change_as_level", "增长到{VOL-02^last_year}")]),
    ("注册率较上年同期{AFF-05^last_year}%。", [("wrong_unit", "{AFF-05^last_year}%")]),
    ("活动减少近一倍。", [("times_less", "减少近一倍")]),
    ("活动同比{VOL-02^previous}。", [("wrong_base", "{VOL-02^previous}")]),
    ("活动环比{VOL-02^last_year}。", [("wrong_base", "{VOL-02^last_year}")]),
    # G-56
    ("注册率达到{AFF-05|percent:1}。", [("decimals", "{AFF-05|percent:1}")]),
    (
        "活动{VOL-02|percent:1}场次。",
        [("wrong_unit", "{VOL-02|percent:1}"), ("wrong_unit", "{VOL-02|percent:1}场次")],
    ),
    # G-57
    ("新增志愿者{VOL-01}人次。", [("wrong_unit", "{VOL-01}人次")]),
    ("参与{VOL-03}人。", [("wrong_unit", "{VOL-03}人")]),
    ("活动{VOL-02}场。", [("wrong_unit", "{VOL-02}场")]),
    ("授予{HON-07}人。", [("wrong_unit", "{HON-07}人")]),
    ("共有{DIR-02}，覆盖更广。", [("wrong_unit", "{DIR-02}")]),
    ("注册率{AFF-05}%。", [("wrong_unit", "{AFF-05}%")]),
    ("注册率{AFF-05}个百分点。", [("wrong_unit", "{AFF-05}个百分点")]),
    # G-58
    ("新增团组织{DIR-02}家。", [("wrong_time", "{DIR-02}")]),
    ("累计{DIR-02}家。", [("wrong_time", "{DIR-02}")]),
    ("下发编号{AFF-02}个。", [("wrong_time", "{AFF-02}")]),
    ("全年开展活动{VOL-02}场次。", [("wrong_time", "{VOL-02}")]),
    ("期末{DIR-01}家。", [("wrong_time", "{DIR-01}")]),
    # periods
    ("2021年开展活动{VOL-02}场次。", [("wrong_period", "2021年")]),
    ("2021年上半年开展活动{VOL-02}场次。", [("wrong_period", "2021年上半年")]),
    ("下半年开展活动{VOL-02}场次。", [("wrong_period", "下半年")]),
    ("一季度，开展活动{VOL-02}场次。", [("wrong_period", "一季度")]),
    ("去年开展活动{VOL-02}场次。", [("wrong_period", "去年")]),
    ("上半年开展活动{VOL-02!2021H2}场次。", [("wrong_period", "上半年")]),
    # marks
    ("印发龙团[2022]5号文件。", [("brackets", "[2022]5号")]),
    ("印发龙团（2022）第05号文件。", [("brackets", "（2022）第05号")]),
    ("印发《工作方案。", [("brackets", "《")]),
    ("印发工作方案”。", [("brackets", "”")]),
    ("活动３场。", [("full_width_digits", "３"), ("untraced", "３")]),
    ("认真学习,深入贯彻。", [("half_width_marks", ",")]),
    ("学习(含线上)。", [("half_width_marks", "("), ("half_width_marks", ")")]),
    ("2022年07月04日印发。", [("leading_zero", "2022年07月04日")]),
    # names, tokens
    ("由横冈街道牵头。", [("unknown_org", "横冈街道")]),
    ("在光明街道团工委调研。", [("unknown_org", "光明街道团工委")]),
    ("{VOL-2}场次。", [("malformed", "{VOL-2}"), ("untraced", "2")]),
    ("{ABC-01}家。", [("unknown_figure", "{ABC-01}")]),
    ("", [("empty", "")]),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_sentence_is_let_alone(text):
    assert found_in(text) == []


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_what_breaks_a_rule_is_found_where_it_stands(text, found):
    assert sorted(found_in(text)) == sorted(found)
