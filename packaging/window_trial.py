"""Drives the frozen window on a virtual display, by what a screen reader hears of it: start, import, notice, package.

    xvfb-run -a -s "-screen 0 1366x768x24" dbus-run-session -- \
        /usr/bin/python3 packaging/window_trial.py dist/CreditDesk build/pictures

Debian's python3-gi and gir1.2-atspi-2.0 hear, xdotool moves the mouse and imagemagick takes the pictures; for Linux.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

_LEDGER = (
    "客户名称,客户编码,单据号,单据日期,到期日,金额,币别\n"
    "埕木家居有限公司,K01,XP-9001,2026-03-02,2026-05-01,113000.00,CNY\n"
    "埕木家居有限公司,K01,XP-9002,2026-04-10,2026-06-09,56500.50,CNY\n"
)
_PATIENCE = 240.0
"""Seconds; building the sample is what takes longest."""


class NotThere(Exception):
    """Something isn't on the screen that should be."""


class Screen:
    """What is shown, by role and name."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures

    def press(self, name: str) -> None:
        """Press a button."""
        found = self._found(lambda each: _is(each, "push button", name), name)
        with suppress(gi.repository.GLib.GError):  # pressed, and busy with what it does
            found.do_action(0)

    def wait(self, name: str) -> Any:  # noqa: ANN401 - gi has no types
        """What has this name, or begins with it, once it is there."""
        return self._found(lambda each: str(each.get_name()).startswith(name), name)

    def choose(self, name: str, line: str) -> None:
        """Choose a line of a box."""
        box = self._found(lambda each: _is(each, "combo box", name), name)
        self._click(box)
        self._click(self._found(lambda each: _is(each, "list item", line), line))

    def open(self, cell: str) -> None:
        """Open the row that has this cell."""
        found = self._found(lambda each: _is(each, "table cell", cell), cell)
        self._click(found, "--repeat", "2", "--delay", "80")

    def give(self, path: Path, button: str) -> None:
        """Answer a file chooser."""
        line = self._found(lambda each: _is(each, "text", "文件名称(N)："), "文件名称")
        line.get_editable_text_iface().set_text_contents(str(path))
        self.press(button)

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        time.sleep(1.5)
        subprocess.run(["import", "-window", "root", str(self._pictures / f"{name}.png")], check=True)  # noqa: S603, S607  # fmt: skip

    def names(self) -> list[str]:
        """Everything that is shown, for whoever looks for a mistake."""
        return [f"{each.get_role_name()}: {each.get_name()}" for each in _shown() if each.get_name()]  # fmt: skip

    def _click(self, what: Any, *more: str) -> None:  # noqa: ANN401 - as above
        place = what.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        x, y = place.x + place.width // 2, place.y + place.height // 2
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", *more, "1"], check=True)  # noqa: S603, S607  # fmt: skip
        time.sleep(0.5)

    def _found(self, fits: Callable[[Any], bool], name: str) -> Any:  # noqa: ANN401 - as above
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(gi.repository.GLib.GError):  # what is busy answers later
                for each in _shown():
                    if fits(each):
                        return each
            time.sleep(0.3)
        raise NotThere(f"{name}; there is: {self.names()}")


def _is(each: Any, role: str, name: str) -> bool:  # noqa: ANN401 - as above
    if each.get_role_name() != role or each.get_name() != name:
        return False
    return bool(each.get_state_set().contains(Atspi.StateType.ENABLED))


def _shown() -> Iterator[Any]:
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(place)
        # A button that got another word would keep its first.
        program.set_cache_mask(Atspi.Cache.NONE)
        yield from _within(program)


def _within(each: Any, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 - as above
    try:
        if depth > 1 and not each.get_state_set().contains(Atspi.StateType.SHOWING):
            return
        yield each
        children = [each.get_child_at_index(place) for place in range(each.get_child_count())]  # fmt: skip
    except (gi.repository.GLib.GError, AttributeError):
        return  # it went while it was looked at
    for child in children:
        if child is not None:
            yield from _within(child, depth + 1)


def main(built: Path, pictures: Path) -> None:
    """Drive it; raises `NotThere`."""
    pictures.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        folder = Path(made) / "代账 公司 100%"
        folder.mkdir()
        surroundings = os.environ | {
            "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LANG": "C.UTF-8",
        }  # fmt: skip
        window = subprocess.Popen([built / "CreditDesk"], env=surroundings)  # noqa: S603 - what was just built
        try:
            _work(Screen(pictures), folder)
        finally:
            window.kill()
            window.wait()
    print(
        f"{built}: the window does a first start, an import, a notice and a package; look at {pictures}"
    )


def _work(screen: Screen, folder: Path) -> None:
    screen.wait("欢迎使用信保台")
    screen.picture("1-first-start")
    screen.press("看看样例案台")
    screen.wait("准备通知书")
    screen.picture("2-today")

    screen.press("准备通知书")
    screen.wait("可能损失通知书")
    screen.press("保存 PDF…")
    screen.give(folder / "通知书 1%.pdf", "保存(S)")
    _written(folder / "通知书 1%.pdf")
    screen.picture("3-notice")

    (folder / "应收 明细.csv").write_text(_LEDGER, "gb18030")
    screen.press("应收账款")
    screen.press("导入台账…")
    screen.choose("属于哪家委托企业？", "泠越电子有限公司")
    screen.press("选择文件…")
    screen.give(folder / "应收 明细.csv", "打开(O)")
    screen.picture("4-import")
    screen.press("导入 2 张单据")
    screen.picture("5-imported")

    screen.press("理赔")
    screen.picture("6-claims")
    screen.open("鹭汀澜贸易有限公司")
    screen.press("生成索赔资料包…")
    screen.press("制作资料包")
    screen.give(folder / "索赔 资料包.pdf", "保存(S)")
    _written(folder / "索赔 资料包.pdf")
    screen.picture("7-package")


def _written(path: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not path.is_file():
        if time.monotonic() > until:
            raise NotThere(path)
        time.sleep(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
