"""`./qinghe manage rotate-keys`: seal everything with new keys; `--retire` lays the old ones aside."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.kernel.secrets import keyring, rotation
from qinghe.lib.verdicts import Refused

BY = "manage rotate-keys"
TOLD_EVERY = 10_000


class Command(BaseCommand):
    """This will reseal all sealed values; it may be stopped and started again."""

    help = "更换加密密钥并重新加密全部敏感字段；可以中断，再次运行时接着做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether the old keys are to be laid aside."""
        parser.add_argument("--retire", action="store_true", help="停用已无数据使用的旧密钥")
        parser.add_argument(
            "--signing", action="store_true", help="只更换签名密钥；旧公钥继续公布，旧签名仍然有效"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Rotate, or retire, and tell how many rows were done."""
        try:
            if options["retire"]:
                self._retire()
            elif options["signing"]:
                keyring.add_to_sign()
                self.stdout.write("已生成新的签名密钥，今后的凭证用它签名。")
            else:
                self._rotate()
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None

    def _rotate(self) -> None:
        drawn = rotation.begin()
        self.stdout.write("已生成新密钥。" if drawn else "接着上次未完成的轮换。")
        done, unreadable, told = 0, 0, TOLD_EVERY
        for step in rotation.reseal(at=timezone.now(), by=BY):
            done += step.resealed
            unreadable += step.unreadable
            if done >= told:
                self.stdout.write(f"已重新加密{done:,}行。")
                told += TOLD_EVERY
        self.stdout.write(f"完成：共重新加密{done:,}行。")
        if unreadable:
            raise CommandError(
                f"{unreadable:,}行无法解密，保持原样；请核查密钥是否齐全、数据是否被改动。",
                returncode=2,
            )
        self.stdout.write("请备份新的密钥文件；确认后运行 rotate-keys --retire 停用旧密钥。")

    def _retire(self) -> None:
        laid = rotation.retire()
        if not laid:
            self.stdout.write("没有需要停用的旧密钥。")
            return
        self.stdout.write(f"已停用：{'、'.join(laid)}，移入密钥文件夹下的 retired。")
        self.stdout.write("旧的数据库备份仍需这些密钥；最后一份旧备份销毁后再删除它们。")
