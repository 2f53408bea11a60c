"""What runs by itself, and when. All timing is here; `manage nightly` does what this says."""

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True, order=True)
class Job:
    """One row: from which local time of the night on, which command of `manage`, and what for."""

    when: time
    command: str
    purpose: str


@dataclass(frozen=True)
class Often:
    """What the worker does all day: at its start, and then again after so long."""

    every: timedelta
    command: str
    purpose: str


OFTEN = (
    Often(timedelta(seconds=5), "deliver-hooks", "把新发生的事件推送给订阅的系统，未送达的重试"),
    Often(
        timedelta(minutes=1), "keep-sign-ups", "候补逾期顺延、活动提醒、未到场标记，每项只办一次"
    ),
    Often(timedelta(minutes=1), "deliver-notices", "补发任务进程中断时没有送出的通知"),
    Often(timedelta(hours=1), "expire-transfers", "把超过办理期限的组织关系转接作废，并告知各方"),
    Often(timedelta(hours=1), "carry-out-plans", "执行生效日期已到的机构调整方案，每个只执行一次"),
    Often(timedelta(hours=1), "supervise", "列入新发布的任务，更新亮灯，督办步骤每步只办一次"),
    Often(timedelta(hours=1), "begin-secondments", "让到了起始日期的互兼互挂到岗，并登记任职"),
)
NIGHTLY = (
    Job(time(1, 30), "begin-secondments", "补办互兼互挂的到岗，登记任职"),
    Job(time(1, 30), "carry-out-plans", "执行当天生效的机构调整方案，停机后补办"),
    Job(time(1, 30), "expire-transfers", "补办组织关系转接的超期作废"),
    Job(time(1, 30), "retention", "按保存期限表删除或匿名化到期的记录"),
    Job(time(1, 40), "seal-files", "加密旧版本以明文存放的附件和上传文件"),
    Job(time(2, 0), "check-hours", "核查新登记的服务时长，存疑的暂停计入，待上级核实"),
    Job(time(2, 0), "log-open-days", "记下各阵地前一天的开放和值班时间，计入值班覆盖率"),
    Job(time(2, 30), "rebuild-facts", "重建指标数据，次日各页按新数据显示"),
    Job(time(4, 20), "supervise", "按新数据更新任务亮灯，到期提醒、黄灯、红灯、点名通报"),
    Job(time(4, 30), "audit verify", "校验操作记录链，结果记入链校验页"),
    Job(time(4, 50), "keep-sign-ups", "补办候补逾期顺延、活动提醒、未到场标记"),
    Job(time(5, 0), "remind", "向能办理的人提醒新逾期的待办，每项只提醒一次"),
    Job(time(5, 10), "deliver-notices", "补发没有送出的通知"),
)
