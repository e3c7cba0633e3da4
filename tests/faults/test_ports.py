"""A second installation on one port is refused: told to let its own processes share it, gunicorn lets in anybody."""

from tests import processes
from tests.faults.house import House
from tests.waiting import until


def test_a_second_web_on_a_taken_port_ends_with_one_line_that_says_so(small_house: House) -> None:
    port = small_house.running.environment["FIKSREG_PORT"]
    second = processes.start(small_house.running, "web")
    until(lambda: not second.is_running(), seconds=20)
    assert f"port {port} is taken; choose another with FIKSREG_PORT" in second.last_words()
    assert processes.answers(f"{small_house.web}/healthz")
