"""Sixteen travel times improved by one instruction.

The loop of a sweep improves the same vertex for sixteen starting points at once. Compilers do not
always see that; so the instruction is written in the compiler's own vector type, which LLVM turns
into whatever the machine has: one AVX-512 instruction, two of AVX2, four of SSE or NEON, or plain
arithmetic where there are no vectors.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 16
"""Starting points of one sweep."""


@intrinsic
def _relax(typing_context: Any, labels: Any, to: Any, origin: Any, weight: Any) -> Any:  # noqa: ANN401, ARG001 - numba's types
    """Improve a row of labels by another row plus a weight, in every lane.

    Args:
        typing_context: numba's.
        labels: ``int32``, shape (vertices, LANES), C-contiguous.
        to: the row improved.
        origin: the row that the way comes from.
        weight: added to it.
    """
    signature = types.void(labels, types.intp, types.intp, types.int32)
    return signature, _emit


relax: Any = _relax
"""As kernels call it: without the first argument, which is numba's."""


def _emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - likewise
    labels, to, origin, weight = arguments
    rows: Any = context.make_array(signature.args[0])(context, builder, labels)
    number, vector = ir.IntType(32), ir.VectorType(ir.IntType(32), LANES)
    base = builder.bitcast(rows.data, number.as_pointer())
    wide = ir.Constant(to.type, LANES)
    mine, its = (
        builder.bitcast(builder.gep(base, [builder.mul(row, wide)]), vector.as_pointer())
        for row in (to, origin)
    )
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), weight, ir.Constant(number, 0))
    everywhere = ir.Constant(ir.VectorType(number, LANES), [0] * LANES)
    weights = builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), everywhere)
    before = builder.load(mine, align=4)
    other = builder.add(builder.load(its, align=4), weights)
    is_less = builder.icmp_signed("<", other, before)
    builder.store(builder.select(is_less, other, before), mine, align=4)
    return context.get_dummy_value()
