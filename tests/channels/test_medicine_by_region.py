from __future__ import annotations

from visiting import Visitor


def test_amounts_are_those_of_the_persons_own_region(server):
    assert "1,200 mg" in Visitor(server, region="US").say("I'm 35, can I take ibuprofen?").text


def test_a_region_without_a_label_gets_no_amounts(server):
    text = Visitor(server, region="JP").say("I'm 35, can I take ibuprofen?").text
    assert "ask a pharmacist" in text
    assert " mg" not in text


def test_naproxen_has_no_amounts_in_the_uk(server):
    text = Visitor(server, region="GB").say("can I take naproxen?").text
    assert "ask a pharmacist" in text
    assert " mg" not in text
