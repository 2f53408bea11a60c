"""`./qinghe materials FILE`: the bill of materials of this installation, for who must hand one in."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qinghe.config import materials

BESIDE = Path(sys.prefix) / "materials"  # where ./qinghe installs cyclonedx-bom
VENDOR = Path("src/qinghe/edges/web/static/web/vendor")
# The tool reads the paths of a fresh Python, which must not have its own among them.
RUN = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('cyclonedx_py', run_name='__main__', alter_sys=True)"
)


class Command(BaseCommand):
    """This will write what the house is built from as CycloneDX."""

    help = "把软件物料清单（CycloneDX 1.6 JSON）写到 FILE：组件、版本、许可证、校验值、依赖关系。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="要写的文件，如 qinghe.cdx.json"
        )

    def handle(self, *, file: Path, **_: object) -> None:
        """Read the lock, the environment and package-lock.json; write the bill whole or not at all."""
        if not BESIDE.is_dir():
            raise CommandError("没有安装生成工具，没有写任何文件；请运行 ./qinghe materials FILE。")
        root = settings.ROOT
        installed = _told(
            "environment", "--pyproject", str(root / "pyproject.toml"), sys.executable
        )
        locked = _told("requirements", str(root / "requirements/base.txt"))
        made = materials.bill(
            wanted=(root / "requirements/base.in").read_text(encoding="utf-8"),
            installed=installed,
            locked=locked,
            front=json.loads((root / "package-lock.json").read_text(encoding="utf-8")),
            served=root / VENDOR,
        )
        text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        try:
            file.expanduser().write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"没有写成 {file}：{error.strerror}。") from None
        self.stdout.write(f"物料清单已写入 {file}：{len(made['components'])}个组件。")
        if silent := materials.unlicensed(made):
            self.stderr.write(f"▸ 自身信息没有写明许可证、请人工核对的：{'、'.join(silent)}")
        if others := materials.left_out(installed=installed, locked=locked):
            self.stderr.write(f"▸ 只用于其他机器、这里没有安装的未列入：{'、'.join(others)}")


def _told(*words: str) -> dict:
    """Return what cyclonedx-bom says, checked by it against the schema."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-c", RUN, str(BESIDE), *words, "--validate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - words of ours
    if done.returncode:
        raise CommandError(f"生成工具出错，没有写任何文件：\n{done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)
