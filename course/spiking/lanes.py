"""Many float32 side by side, as types of numba: what the kernels of this room are written with.

LLVM puts neighbours side by side by itself only when it can prove much; here it has nothing to prove. A value holds 16,
32, 48 or 64 numbers: one to four of the widest registers, which LLVM cuts up where registers are narrower.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.extending import intrinsic, register_model

_F32, _I32, _I64, _BIT = ir.FloatType(), ir.IntType(32), ir.IntType(64), ir.IntType(1)
_V, _V32, _MASK = (ir.VectorType(kind, 16) for kind in (_F32, _I32, _BIT))


class Lanes(types.Type):
    """`n` times sixteen numbers (float32), or as many truth values."""

    def __init__(self, n: int, kind: str = "float32") -> None:
        self.n, self.kind = n, kind
        super().__init__(name=f"lanes({16 * n} x {kind})")


@register_model(Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: object, fe_type: Lanes) -> None:
        super().__init__(dmm, fe_type, ir.ArrayType(_MASK if fe_type.kind == "bool" else _V, fe_type.n))


def _same(builder: ir.IRBuilder, x: ir.Value) -> ir.Value:
    """Sixteen times the value x."""
    first = builder.insert_element(ir.Constant(_V, ir.Undefined), x, ir.Constant(_I32, 0))
    return builder.shuffle_vector(first, ir.Constant(_V, ir.Undefined), ir.Constant(_V32, [0] * 16))


def _join(builder: ir.IRBuilder, parts: list[ir.Value]) -> ir.Value:
    """One value from its sixteens; an array of registers, so that a constant takes one register and not n."""
    whole = ir.Constant(ir.ArrayType(parts[0].type, len(parts)), ir.Undefined)
    for k, part in enumerate(parts):
        whole = builder.insert_value(whole, part, k)
    return whole


def _parts(builder: ir.IRBuilder, x: ir.Value) -> list[ir.Value]:
    return [builder.extract_value(x, k) for k in range(x.type.count)]


def _constant(value: float, kind: ir.Type = _F32) -> ir.Constant:
    return ir.Constant(ir.VectorType(kind, 16), [value] * 16)


def _pointers(builder, first, i, n):  # noqa: ANN001, ANN202
    first = builder.bitcast(cgutils.gep_inbounds(builder, first, i), _V.as_pointer())
    return [cgutils.gep_inbounds(builder, first, ir.Constant(_I64, k)) for k in range(n)]


@intrinsic
def start(typingctx, array):  # noqa: ANN001, ANN202 (numba's own calling convention)
    """Where an array starts. The pieces of a kernel pass this on, one value; an array is seven or more."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        return context.make_array(signature.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), codegen


def _load(n):  # noqa: ANN001, ANN202
    @intrinsic
    def load(typingctx, array, i):  # noqa: ANN001, ANN202
        """The 16 n numbers of a float32 array from its element i on."""

        def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
            places = _pointers(builder, *args, n)
            return _join(builder, [builder.load(place, align=4) for place in places])

        return Lanes(n)(array, types.int64), codegen

    return load


def _every(n):  # noqa: ANN001, ANN202
    @intrinsic
    def every(typingctx, x):  # noqa: ANN001, ANN202
        """16 n times the number x."""

        def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
            x = _same(builder, context.cast(builder, args[0], signature.args[0], types.float32))
            return _join(builder, [x] * n)

        return Lanes(n)(x), codegen

    return every


@intrinsic
def like(typingctx, x, value):  # noqa: ANN001, ANN202
    """The number `value`, as many times as x has."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        value = context.cast(builder, args[1], signature.args[1], types.float32)
        return _join(builder, [_same(builder, value)] * signature.args[0].n)

    return x(x, value), codegen


@intrinsic
def store(typingctx, array, i, x):  # noqa: ANN001, ANN202
    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        places = _pointers(builder, *args[:2], signature.args[2].n)
        for place, part in zip(places, _parts(builder, args[2]), strict=True):
            builder.store(part, place, align=4)
        return context.get_dummy_value()

    return types.none(array, types.int64, x), codegen


@intrinsic
def at(typingctx, array, i):  # noqa: ANN001, ANN202
    """array[i], which is not negative."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        return builder.load(cgutils.gep_inbounds(builder, *args))

    return array.dtype(array, types.int64), codegen


@intrinsic
def put(typingctx, array, i, x):  # noqa: ANN001, ANN202
    """array[i] = x, where i is not negative."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        x = context.cast(builder, args[2], signature.args[2], signature.args[0].dtype)
        builder.store(x, cgutils.gep_inbounds(builder, *args[:2]))
        return context.get_dummy_value()

    return types.none(array, types.int64, x), codegen


def _of(count, emit, result=None):  # noqa: ANN001, ANN202
    """The function of `count` vectors whose LLVM is `emit(builder, *vectors)`; `result`: its type, from the last."""

    def made(*kinds):  # noqa: ANN001, ANN002, ANN202
        def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
            columns = zip(*(_parts(builder, x) for x in args), strict=True)
            return _join(builder, [emit(builder, *column) for column in columns])

        return (result(kinds[-1]) if result else kinds[-1])(*kinds), codegen

    return intrinsic({
        1: lambda typingctx, a: made(a),
        2: lambda typingctx, a, b: made(a, b),
        3: lambda typingctx, a, b, c: made(a, b, c),
    }[count])  # fmt: skip


def _named(name, count):  # noqa: ANN001, ANN202
    def emit(builder, *args):  # noqa: ANN001, ANN002, ANN202
        function = ir.FunctionType(_V, [_V] * count)
        found = cgutils.get_or_insert_function(builder.module, function, f"llvm.{name}.v16f32")
        return builder.call(found, args)

    return emit


_EXP = (1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1.0, 1.0)


def _exp(builder, x):  # noqa: ANN001, ANN202
    """2^n exp(r), n = round(x/ln 2), |r| ≤ ln 2/2: the Taylor remainder r⁷/7! is 1.2e-7, the rounding of float32."""
    fma = _named("fmuladd", 3)
    x = _named("maxnum", 2)(builder, _named("minnum", 2)(builder, x, _constant(88.0)), _constant(-87.0))
    n = _named("rint", 1)(builder, builder.fmul(x, _constant(1.4426950408889634)))
    r = fma(builder, n, _constant(-0.693359375), x)  # ln 2 in two parts, the first one exact
    r = fma(builder, n, _constant(2.12194440e-4), r)
    y = _constant(_EXP[0])
    for c in _EXP[1:]:
        y = fma(builder, y, r, _constant(c))
    biased = builder.add(builder.fptosi(n, _V32), _constant(127, _I32))  # 2^n from its bits
    return builder.fmul(y, builder.bitcast(builder.shl(biased, _constant(23, _I32)), _V))


add = _of(2, lambda b, x, y: b.fadd(x, y))
sub = _of(2, lambda b, x, y: b.fsub(x, y))
mul = _of(2, lambda b, x, y: b.fmul(x, y))
div = _of(2, lambda b, x, y: b.fdiv(x, y))
fma = _of(3, _named("fmuladd", 3))  # x y + z
square = _of(1, lambda b, x: b.fmul(x, x))
vabs = _of(1, _named("fabs", 1))
vexp = _of(1, _exp)
above = _of(2, lambda b, x, y: b.fcmp_ordered(">", x, y), lambda kind: Lanes(kind.n, "bool"))
choose = _of(3, lambda b, m, x, y: b.select(m, x, y))


@intrinsic
def bits(typingctx, mask):  # noqa: ANN001, ANN202
    """A word of which bit l is the truth l."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        word = ir.Constant(_I64, 0)
        for k, part in enumerate(_parts(builder, args[0])):
            sixteen = builder.zext(builder.bitcast(part, ir.IntType(16)), _I64)
            word = builder.or_(word, builder.shl(sixteen, ir.Constant(_I64, 16 * k)))
        return word

    return types.int64(mask), codegen


@intrinsic
def lowest(typingctx, word):  # noqa: ANN001, ANN202
    """The place of the lowest bit of a word that is not 0."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        return builder.cttz(args[0], ir.Constant(_BIT, 1))

    return types.int64(types.int64), codegen


@intrinsic
def turn(typingctx, array, i, far, out, o, apart):  # noqa: ANN001, ANN202
    """Sixteen rows of sixteen numbers, `far` apart from i on, become columns: the rows of `out`, `apart`, from o on."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        array, i, far, out, o, apart = args

        def place(array, i, k, far):  # noqa: ANN001, ANN202
            return _pointers(builder, array, builder.add(i, builder.mul(far, ir.Constant(_I64, k))), 1)[0]

        rows = [builder.load(place(array, i, k, far), align=4) for k in range(16)]
        for s in (8, 4, 2, 1):  # squares of side s change places about the diagonal
            upper = ir.Constant(_V32, [16 + l - s if l & s else l for l in range(16)])
            lower = ir.Constant(_V32, [16 + l if l & s else l + s for l in range(16)])
            for k in (k for k in range(16) if not k & s):
                a, b = rows[k], rows[k + s]
                rows[k], rows[k + s] = builder.shuffle_vector(a, b, upper), builder.shuffle_vector(a, b, lower)
        for k, row in enumerate(rows):
            builder.store(row, place(out, o, k, apart), align=4)
        return context.get_dummy_value()

    return types.none(array, types.int64, types.int64, out, types.int64, types.int64), codegen


NAMES = {
    "start": start, "at": at, "put": put, "like": like, "store": store, "add": add, "sub": sub, "mul": mul,
    "div": div, "fma": fma, "square": square, "vabs": vabs, "vexp": vexp, "above": above, "choose": choose,
    "bits": bits, "lowest": lowest, "turn": turn,
    **{f"load{n}": _load(n) for n in (1, 2, 3, 4)}, **{f"every{n}": _every(n) for n in (1, 2, 3, 4)},
}  # fmt: skip
