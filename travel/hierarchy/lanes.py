"""Many travel times improved by one instruction.

The loop of a sweep improves the same vertex for many starting points at once. Compilers do not
always see that; so the loop is written in the compiler's own vector type, which LLVM turns into
whatever the machine has: two instructions of AVX-512, four of AVX2, eight of SSE or NEON, or plain
arithmetic where there are no vectors.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 32
"""Starting points of one sweep. More share the work of finding the way through the arcs, and take
more memory: four bytes each for every vertex selected, in every thread."""

_NUMBER = ir.IntType(32)
_ROW = ir.VectorType(_NUMBER, LANES)


@intrinsic
def _improve(
    typing_context: Any,  # noqa: ANN401, ARG001 - numba's types
    labels: Any,  # noqa: ANN401
    row: Any,  # noqa: ANN401, ARG001
    arcs: Any,  # noqa: ANN401
    begin: Any,  # noqa: ANN401, ARG001
    end: Any,  # noqa: ANN401, ARG001
    most: Any,  # noqa: ANN401, ARG001
) -> Any:  # noqa: ANN401
    """Label a row by the rows that some arcs come from, in every lane.

    Args:
        typing_context: numba's.
        labels: ``int32``, shape (rows, LANES), C-contiguous.
        row: the row improved.
        arcs: ``int32``, shape (arcs, 2), C-contiguous: the row come from, and what is added.
        begin: the first of the arcs.
        end: the one after the last.
        most: what the row is labelled with at first; below 0, what it holds.
    """
    signature = types.void(labels, types.intp, arcs, types.intp, types.intp, types.int32)
    return signature, _emit


improve: Any = _improve
"""As kernels call it: without the first argument, which is numba's."""


@intrinsic
def _hand_on(
    typing_context: Any,  # noqa: ANN401, ARG001 - numba's types
    labels: Any,  # noqa: ANN401
    origin: Any,  # noqa: ANN401, ARG001
    row: Any,  # noqa: ANN401, ARG001
    weight: Any,  # noqa: ANN401, ARG001
) -> Any:  # noqa: ANN401
    """Improve a row of labels by another one along one arc, in every lane.

    Args:
        typing_context: numba's.
        labels: ``int32``, shape (rows, LANES), C-contiguous.
        origin: the row come from.
        row: the row improved.
        weight: what is added.
    """
    return types.void(labels, types.intp, types.intp, types.int32), _emit_hand_on


hand_on: Any = _hand_on
"""Likewise."""


def _emit_hand_on(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - likewise
    labels, origin, row, weight = arguments
    data = _data(context, builder, signature.args[0], labels)
    its = builder.load(_row(builder, data, origin), align=4)
    mine = _row(builder, data, row)
    before = builder.load(mine, align=4)
    other = builder.add(its, _everywhere(builder, weight))
    is_less = builder.icmp_signed("<", other, before)
    builder.store(builder.select(is_less, other, before), mine, align=4)
    return context.get_dummy_value()


def _emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - likewise
    labels, row, arcs, begin, end, most = arguments
    label_data = _data(context, builder, signature.args[0], labels)
    arc_data = _data(context, builder, signature.args[2], arcs)
    mine = _row(builder, label_data, row)
    memory_once: Any = cgutils.alloca_once_value  # numba has no types
    holds = builder.icmp_signed("<", most, ir.Constant(_NUMBER, 0))
    at_first = builder.select(holds, builder.load(mine, align=4), _everywhere(builder, most))
    best = memory_once(builder, at_first)
    with cgutils.for_range(builder, end, start=begin) as loop:
        at = builder.gep(arc_data, [builder.shl(loop.index, ir.Constant(loop.index.type, 1))])
        origin = builder.sext(builder.load(at), row.type)
        weight = builder.load(builder.gep(at, [ir.Constant(_NUMBER, 1)]))
        its = builder.load(_row(builder, label_data, origin), align=4)
        other = builder.add(its, _everywhere(builder, weight))
        before = builder.load(best)
        is_less = builder.icmp_signed("<", other, before)
        builder.store(builder.select(is_less, other, before), best)
    builder.store(builder.load(best), mine, align=4)
    return context.get_dummy_value()


def _data(context: Any, builder: Any, kind: Any, array: Any) -> Any:  # noqa: ANN401 - likewise
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(data, _NUMBER.as_pointer())


def _row(builder: Any, data: Any, row: Any) -> Any:  # noqa: ANN401 - likewise
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(data, [first]), _ROW.as_pointer())


def _everywhere(builder: Any, number: Any) -> Any:  # noqa: ANN401 - likewise
    nothing = ir.Constant(_ROW, ir.Undefined)
    one = builder.insert_element(nothing, number, ir.Constant(_NUMBER, 0))
    zeros = ir.Constant(ir.VectorType(_NUMBER, LANES), [0] * LANES)
    return builder.shuffle_vector(one, nothing, zeros)
