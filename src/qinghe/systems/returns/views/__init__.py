"""The pages of returns: what is to be sent up, reviewed, watched over, and designed."""

from qinghe.edges.web import timeline

from .definitions import definition, definition_change, definition_new, definitions
from .designing import (
    cell_line,
    code_search,
    form_change,
    form_new,
    form_preview,
    form_publish,
    form_retire,
    form_version,
    report_form,
    report_forms,
    round_extend,
    round_open,
)
from .disputes import dispute, dispute_new, disputes
from .filling import filing, filing_keep, filing_submit, filing_take_back, to_fill
from .progress import late, progress, remind_all
from .reviewing import accept_all, filing_accept, filing_send_back, filings, to_review
from .values import value
from .workbooks import filing_upload, filing_workbook

__all__ = [
    "accept_all",
    "cell_line",
    "code_search",
    "definition",
    "definition_change",
    "definition_new",
    "definitions",
    "dispute",
    "dispute_new",
    "disputes",
    "filing",
    "filing_accept",
    "filing_keep",
    "filing_send_back",
    "filing_submit",
    "filing_take_back",
    "filing_upload",
    "filing_workbook",
    "filings",
    "form_change",
    "form_new",
    "form_preview",
    "form_publish",
    "form_retire",
    "form_version",
    "late",
    "progress",
    "remind_all",
    "report_form",
    "report_forms",
    "round_extend",
    "round_open",
    "to_fill",
    "to_review",
    "value",
]

timeline.VERBS.update(
    {
        "returns.define": "新建指标",
        "returns.redefine": "指标改口径",
        "returns.make_form": "新建报表",
        "returns.change_form": "修改报表",
        "returns.publish_form": "发布报表",
        "returns.new_version": "新建版本",
        "returns.retire_form": "停用报表",
        "returns.open_round": "开放报送",
        "returns.extend_round": "延长截止日",
        "returns.ask": "列入填报",
        "returns.keep_values": "填写",
        "returns.keep_answers": "填写说明",
        "returns.submit": "报送",
        "returns.take_back": "撤回",
        "returns.accept": "审核通过",
        "returns.accept_many": "批量审核通过",
        "returns.send_back": "退回",
        "returns.remind": "催报",
        "returns.dispute": "提出异议",
        "returns.settle_dispute": "答复异议",
    }
)
timeline.DETAILS.update(
    {
        "cells": "指标格",
        "closed_before": "原截止日",
        "closes_on": "截止日",
        "opens_on": "开始填报",
        "code": "指标",
        "shown": "显示的数字",
        "late": "逾期",
        "late_reason": "逾期原因",
        "returns.round": "报送期号",
        "answers": "回答的提问",
        "returns.was": "原状态",
        "dispute": "异议号",
        "verdict": "结论",
        "returns.words": "答复",
    }
)
