"""Reads ``drawings``: a body in centimetres and, for each stretch, the poses it moves through.

Everything is in one coordinate system, in centimetres: x along the mat, y up from the floor, and
``out`` sideways from the body's middle. Angles are in degrees. A body that stands faces +x, so that
its right side is the one toward a viewer who looks at x and y.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from backchat.knowledge.schema import Schema
from backchat.knowledge.yaml_source import Node, parse

T = TypeVar("T")

FOLDER = "drawings"
BODY = "body"


class Joint(Enum):
    """Places on the body that an arrow can follow."""

    HEAD = "head"
    CHEST = "chest"
    WAIST = "waist"
    HIPS = "hips"
    RIGHT_KNEE = "right_knee"
    LEFT_KNEE = "left_knee"
    RIGHT_WRIST = "right_wrist"


class Part(Enum):
    """Parts of the figure that cover each other."""

    LEFT_ARM = "left_arm"
    LEFT_LEG = "left_leg"
    TRUNK = "trunk"
    HEAD = "head"
    RIGHT_LEG = "right_leg"
    RIGHT_ARM = "right_arm"


@dataclass(frozen=True, slots=True)
class Section:
    """A cut through a limb or the trunk.

    Attributes:
        at: Where, as a share of the length.
        depth: Half its extent from front to back.
        width: Half its extent from side to side.
        shift: How far its middle lies in front of the bone.
    """

    at: float
    depth: float
    width: float
    shift: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the body between two joints: its length and its cuts."""

    length: float
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The figure that does all stretches.

    Attributes:
        hips: Half the distance between the hip joints.
        shoulders: Half the distance between the shoulder joints.
        shoulder_at: Where on the trunk the shoulders are, as a share of its length.
        ankle: Height of the ankle above the sole.
        pelvis: Length of the part of the trunk that does not bend.
        lower_back: Length from the pelvis to the ribs.
        upper_back: Length from there to the neck.
        trunk: Cuts, by the share of the three lengths together.
    """

    hips: float
    shoulders: float
    shoulder_at: float
    ankle: float
    pelvis: float
    lower_back: float
    upper_back: float
    trunk: tuple[Section, ...]
    neck: Segment
    upper_arm: Segment
    forearm: Segment
    hand: Segment
    thigh: Segment
    shank: Segment
    foot: Segment


@dataclass(frozen=True, slots=True)
class Point:
    """A place; ``out`` is None in line with the shoulder or hip that the limb hangs from."""

    x: float
    y: float
    out: float | None = None


@dataclass(frozen=True, slots=True)
class Spine:
    """How the back bends; bending forward is positive.

    Attributes:
        lower: Bend of the lower back.
        upper: Bend of the upper back.
        neck: Bend of the neck.
        head: Nod of the head.
        twist: Turn of the hips against the shoulders; positive lowers the right hip.
        reach: How far the shoulders slide up toward the ears, in centimetres.
    """

    lower: float = 0.0
    upper: float = 0.0
    neck: float = 0.0
    head: float = 0.0
    twist: float = 0.0
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a wrist is.

    Attributes:
        wrist: The wrist.
        fingers: Direction of the hand: 0 points along x, 90 up; None goes on from the forearm.
        elbow: Turn of the elbow outward, around the line from shoulder to wrist.
    """

    wrist: Point
    fingers: float | None = None
    elbow: float = 0.0


@dataclass(frozen=True, slots=True)
class Leg:
    """Where an ankle is.

    Attributes:
        ankle: The ankle.
        toes: Direction of the foot: 0 points along x, 90 up.
        roll: Turn of the knee to the person's right, around the line from hip to ankle.
    """

    ankle: Point
    toes: float
    roll: float = 0.0


@dataclass(frozen=True, slots=True)
class Kneeling:
    """Both knees on the floor, shanks lying behind them.

    Attributes:
        knees: The knees.
        lean: How far the thighs lean back from upright.
        shins: Direction from the knees to the ankles: 180 points back along x.
        toes: Direction of the feet.
    """

    knees: Point
    lean: float
    shins: float
    toes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One position of the whole body.

    Attributes:
        id: Its name, for ``to``.
        tilt: Lean of the pelvis: 0 upright, 90 face down, -90 face up.
        spine: How the back bends.
        arms: Both arms, or the right one where ``left_arm`` is given.
        left_arm: The left arm, where it differs.
        hips: Middle between the hips, of a pose that does not kneel.
        legs: Both legs, or the right one where ``left_leg`` is given, of such a pose.
        left_leg: The left leg, where it differs.
        kneeling: The legs of a pose that kneels; the hips follow.
        felt: How strongly the stretch is felt, 0 to 1.
    """

    id: str
    tilt: float
    spine: Spine = Spine()
    arms: Arm
    left_arm: Arm | None = None
    hips: Point | None = None
    legs: Leg | None = None
    left_leg: Leg | None = None
    kneeling: Kneeling | None = None
    felt: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a pose that both kneels and does not, or neither."""
        standing = self.hips is not None and self.legs is not None
        if standing == (self.kneeling is not None):
            raise ValueError("a pose has either 'kneeling' or both 'hips' and 'legs'")


@dataclass(frozen=True, slots=True)
class Arrow:
    """Shows which way to move.

    Attributes:
        follows: The joint whose path it draws.
        shift: How far it is moved, to the right and up in the picture, in centimetres.
        size: How many times as long as the path it is.
    """

    follows: Joint
    shift: Point
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Move:
    """One movement.

    Attributes:
        to: The pose it ends in.
        seconds: How long it takes in the drawing.
        hold: How long the drawing then rests.
        arrow: The arrow that shows meanwhile.
    """

    to: str
    seconds: float
    hold: float
    arrow: Arrow | None = None


@dataclass(frozen=True, slots=True)
class View:
    """From where the viewer looks.

    Attributes:
        turn: Turn of the scene around the upright axis; positive shows more of its feet end.
        down: How steeply the viewer looks down.
    """

    turn: float
    down: float


@dataclass(frozen=True, slots=True)
class Mat:
    """The mat: where along x it begins and ends, and half its width."""

    begins: float
    ends: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Felt:
    """Where the stretch is felt.

    Attributes:
        at: Where on the trunk, as a share of its length.
        size: Radius in centimetres.
        back: How far behind the spine.
    """

    at: float
    size: float
    back: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The drawing of one stretch.

    Attributes:
        alt: What it shows, in words.
        view: From where.
        mat: What the person is on.
        felt: Where the stretch is felt.
        shows: The pose that a still picture shows.
        poses: The positions; the first is the start.
        moves: The movements, the last of which comes back to the start.
        layers: The parts of the figure, farthest first; a leg that is named twice comes to the
            front where it is the nearer one.
    """

    alt: str
    view: View
    mat: Mat
    felt: Felt
    shows: str
    poses: tuple[Pose, ...]
    moves: tuple[Move, ...]
    layers: tuple[Part, ...] = tuple(Part)

    def __post_init__(self) -> None:
        """Refuse unknown poses, a movement that does not come back, and missing layers."""
        ids = [pose.id for pose in self.poses]
        for name in (self.shows, *(move.to for move in self.moves)):
            if name not in ids:
                raise ValueError(f"unknown pose '{name}'")
        if len(set(ids)) != len(ids):
            raise ValueError("two poses have the same id")
        if self.moves[-1].to != ids[0]:
            raise ValueError(f"the last move must come back to '{ids[0]}'")
        if set(self.layers) != set(Part):
            raise ValueError("'layers' must name every part of the figure")

    def pose(self, name: str) -> Pose:
        """Return the pose of this name."""
        return next(pose for pose in self.poses if pose.id == name)


def read_body(root: Path) -> Body:
    """Read the figure that does all stretches."""
    return _read(Body, root, BODY)


def read_drawings(root: Path, stretches: Collection[str]) -> dict[str, Drawing]:
    """Read the drawing of each stretch, by its id; a file that belongs to none is refused."""
    for path in sorted((root / FOLDER).glob("*.yml")):
        if path.stem != BODY:
            node = parse(path, root)
            if path.stem not in stretches:
                raise node.error(f"there is no stretch '{path.stem}'")
    return {stretch: _read(Drawing, root, stretch) for stretch in stretches}


def _read(record: type[T], root: Path, name: str) -> T:
    readers = {Section: _section, Point: _point}
    return Schema(record, readers=readers).read(parse(root / FOLDER / f"{name}.yml", root))


def _section(node: Node) -> Section:
    return Section(*_numbers(node, (4,), "[at, depth, width, shift]"))


def _point(node: Node) -> Point:
    return Point(*_numbers(node, (2, 3), "[x, y] or [x, y, out]"))


def _numbers(node: Node, lengths: Collection[int], form: str) -> list[float]:
    numbers = [item.number() for item in node.items()]
    if len(numbers) not in lengths:
        raise node.error(f"expected {form}, found {len(numbers)} numbers")
    return numbers
