"""Sympy expressions become the shortest plain Python lines: products for powers, shared parts computed once."""

import sympy

from course.dynamics.symbols import dlinoid, linoid

_NAMES = {
    sympy.exp: "exp", sympy.log: "log", sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan", sympy.sinh: "sinh",
    sympy.cosh: "cosh", sympy.tanh: "tanh", sympy.atan: "arctan", sympy.Abs: "abs", sympy.sign: "sign",
    linoid: "linoid", dlinoid: "dlinoid",
}  # fmt: skip


class Printer:
    """Collects lines `p3 = p2*p2` while it prints; `source(e)` returns the text that stands for `e`."""

    def __init__(self, prefix: str = "_p") -> None:
        self.prefix, self.lines, self._powers = prefix, [], {}

    def define(self, name: str, e: sympy.Expr) -> None:
        text = self.source(e)
        self.lines.append(f"{name} = {text}")

    def source(self, e: sympy.Expr) -> str:
        if e.is_number:
            return repr(float(e)) if e >= 0 else f"({float(e)!r})"
        match e:
            case sympy.Symbol():
                return str(e)
            case sympy.Add():
                return "(" + " + ".join(self._ordered(e)).replace("+ -", "- ") + ")"
            case sympy.Mul():
                return self._product(e)
            case sympy.Pow():
                return self._power(e.base, e.exp)
            case sympy.Min() | sympy.Max():
                name = "min" if isinstance(e, sympy.Min) else "max"
                args = [self.source(a) for a in e.args]
                text = args[0]
                for a in args[1:]:
                    text = f"{name}({text}, {a})"
                return text
            case sympy.Piecewise():
                pieces = list(e.args)  # the last one is taken when no condition before it holds
                text = self.source(pieces.pop()[0])
                for value, condition in reversed(pieces):
                    text = f"where({self.source(condition)}, {self.source(value)}, {text})"
                return text
            case sympy.And() | sympy.Or():
                return (
                    "("
                    + (" & " if isinstance(e, sympy.And) else " | ").join(map(self.source, e.args))
                    + ")"
                )
            case sympy.Not():
                return f"({self.source(e.args[0])} == False)"
            case sympy.core.relational.Relational():
                return f"({self.source(e.lhs)} {e.rel_op} {self.source(e.rhs)})"
        name = _NAMES.get(e.func) or getattr(e.func, "source", None)
        if name is None:
            raise NotImplementedError(f"printer: no source for {e.func}")
        return f"{name}({', '.join(map(self.source, e.args))})"

    def _ordered(self, e: sympy.Add) -> list[str]:
        # a sum of products is kept as sympy orders it: the same on every machine
        return [self.source(a) for a in e.as_ordered_terms()]

    def _product(self, e: sympy.Mul) -> str:
        number, rest = e.as_coeff_Mul()
        over = [a for a in rest.as_ordered_factors() if not self._inverse(a)]
        under = [sympy.Pow(a.base, -a.exp) for a in rest.as_ordered_factors() if self._inverse(a)]
        sign = "-" if number < 0 else ""
        factors = [self.source(a) for a in over]
        if abs(number) != 1 or not factors:
            factors.insert(0, repr(float(abs(number))))
        text = sign + "*".join(factors)
        return f"({text}/({'*'.join(self.source(a) for a in under)}))" if under else f"({text})"

    @staticmethod
    def _inverse(a: sympy.Expr) -> bool:
        return a.is_Pow and a.exp.is_Number and a.exp < 0

    def _power(self, base: sympy.Expr, exponent: sympy.Expr) -> str:
        if exponent == sympy.Rational(1, 2):
            return f"sqrt({self.source(base)})"
        if exponent.is_Number and exponent < 0:
            return f"(1.0/{self.source(sympy.Pow(base, -exponent))})"
        if exponent.is_Integer and exponent <= 32:
            return self._whole_power(self._named(base), int(exponent))
        return f"({self.source(base)}**{self.source(exponent)})"

    def _named(self, base: sympy.Expr) -> str:
        return str(base) if base.is_Symbol else self._temporary(self.source(base))

    def _whole_power(self, x: str, n: int) -> str:
        if n == 1:
            return x
        half = self._whole_power(x, n // 2)
        return self._temporary(f"{half}*{half}" if n % 2 == 0 else f"{half}*{half}*{x}")

    def _temporary(self, text: str) -> str:
        if text not in self._powers:
            self._powers[text] = name = f"{self.prefix}{len(self._powers)}"
            self.lines.append(f"{name} = {text}")
        return self._powers[text]
