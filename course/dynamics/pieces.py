"""Pieces of kernels: functions whose machine code is made only inside the kernels that call them.

numba's own decorator makes each function run by itself: optimised, turned into machine code, with what Python calls it
by. For the pieces of a kernel that is most of the time, and none of it is used. Here a piece stops at LLVM's text; the
kernel takes in the text of all its pieces, and is optimised once.
"""

from collections.abc import Callable

from numba.core import compiler, sigutils
from numba.core.codegen import CPUCodeLibrary
from numba.core.compiler_lock import global_compiler_lock
from numba.core.dispatcher import Dispatcher
from numba.core.registry import CPUDispatcher, cpu_target


class Text(CPUCodeLibrary):
    """LLVM's text of a function and of all that it calls, neither optimised nor run."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._finalized = True


def text(piece: Dispatcher, arguments: tuple, result: object) -> compiler.CompileResult:
    """The text of a function for arguments of these types."""
    flags = compiler.Flags()
    piece.targetdescr.options.parse_as_flags(flags, piece.targetoptions)
    flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
    typing, target = cpu_target.typing_context, cpu_target.target_context
    library = Text(target.codegen(), piece.py_func.__qualname__)
    library.enable_object_caching()
    return compiler.compile_extra(typing, target, piece.py_func, arguments, result, flags, {}, library=library)


class Piece(CPUDispatcher):
    """What numba asks of a function that another calls."""

    @global_compiler_lock
    def compile(self, sig: object) -> object:
        arguments, result = sigutils.normalize_signature(sig)
        found = self.overloads.get(tuple(arguments))
        if found is None:
            # numba finds the function again by this object, the machine code elsewhere
            found = text(self, arguments, result)._replace(entry_point=object())
            self.targetctx.insert_user_function(found.entry_point, found.fndesc, [found.library])
            self.overloads[tuple(arguments)] = found
        return found.entry_point


def piece(**options: object) -> Callable[[Callable], Piece]:
    """The decorator of a piece; `options` are those of `numba.njit`."""

    def decorate(function: Callable) -> Piece:
        made = Piece(function, locals={}, targetoptions={"nopython": True, "_nrt": False, **options})
        return made

    return decorate
