"""Machine code that calls machine code: arrays and functions by their addresses."""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

_I64, _F64, _VOID = ir.IntType(64), ir.DoubleType(), ir.IntType(8).as_pointer()


def _array(kind, pointed):  # noqa: ANN001, ANN202
    @intrinsic
    def array(typingctx, address, size):  # noqa: ANN001, ANN202 (numba's own calling convention)
        whole = types.Array(kind, 1, "C")

        def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
            made, eight = context.make_array(whole)(context, builder), ir.Constant(_I64, 8)
            data = builder.inttoptr(args[0], pointed.as_pointer())
            shape = builder.insert_value(
                ir.Constant(ir.ArrayType(_I64, 1), ir.Undefined), args[1], 0
            )
            populate_array(
                made, data=data, shape=shape, strides=[eight], itemsize=eight, meminfo=None
            )
            return made._getvalue()

        return whole(types.int64, types.int64), codegen

    return array


doubles = _array(types.float64, _F64)  # doubles(address, size): the array that starts there
integers = _array(types.int64, _I64)


@intrinsic
def part(typingctx, array, i):  # noqa: ANN001, ANN202
    """The array from its element i on, its end not looked at.

    Its indices then start at 0: numba takes a negative index from the end, and LLVM does not put side by side what
    might be one.
    """

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        made = context.make_array(array)(context, builder)
        data = builder.gep(context.make_array(array)(context, builder, args[0]).data, [args[1]])
        eight, size = ir.Constant(_I64, 8), ir.Constant(_I64, 2**40)
        shape = builder.insert_value(ir.Constant(ir.ArrayType(_I64, 1), ir.Undefined), size, 0)
        populate_array(made, data=data, shape=shape, strides=[eight], itemsize=eight, meminfo=None)
        return made._getvalue()

    return array(array, types.int64), codegen


@intrinsic
def start(typingctx, array):  # noqa: ANN001, ANN202
    """The address of an array's first element."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        data = context.make_array(array)(context, builder, args[0]).data
        return builder.ptrtoint(data, _I64)

    return types.int64(array), codegen


@intrinsic
def jump(
    typingctx,
    address,
    k,
    p,
    dt,
    at,
    low,
    high,
    n,
    refractory,
    inputs,
    width,
    lanes,
    jumps,
    addresses,
):  # noqa: ANN001, ANN202
    """Call the `advance` at this address, with numba's convention: status f(return*, exception**, arguments...)."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        kinds = [_F64 if t == types.float64 else _I64 for t in signature.args[1:]]
        function = ir.FunctionType(ir.IntType(32), [_VOID, _VOID, *kinds])
        # room for what is returned and for an exception that never comes, at the entry: not once a call
        with builder.goto_entry_block():
            room = builder.alloca(_I64, size=2)
        room = builder.bitcast(room, _VOID)
        builder.call(builder.inttoptr(args[0], function.as_pointer()), [room, room, *args[1:]])
        return context.get_dummy_value()

    f, i = types.float64, types.int64
    return types.none(i, i, i, f, i, i, i, i, f, i, i, i, i, i), codegen
