"""The planes of textbooks, with what is known of them."""

from course.dynamics import Model

fhn = Model(
    "dv/dt = v - v**3/3 - w + I\ndw/dt = (v + a - b*w)/tau",
    init={"v": -1.2, "w": -0.62},
    a=0.7,
    b=0.8,
    tau=12.5,
    I=0.0,
)
izhikevich = Model(
    "dv/dt = 0.04*v**2 + 5*v + 140 - u + I\ndu/dt = a*(b*v - u)",
    init={"v": -65, "u": -13},
    a=0.02,
    b=0.2,
    I=0.0,
)
lotka_volterra = Model(
    "dx/dt = x*(a - b*y)\ndy/dt = y*(d*x - g)", init={"x": 1, "y": 0.5}, a=1.1, b=0.4, d=0.1, g=0.4
)
van_der_pol = Model("dx/dt = y\ndy/dt = mu*(1 - x**2)*y - x", init={"x": 2}, mu=1.0)
two_rates = Model(
    """
    dE/dt = (-E + S(w*E - v*R + I))/tau
    dR/dt = (-R + S(u*E - z*R))/tau
    S(x) = 100/(1 + exp(-(x - 50)/10))
    """,
    init={"E": 1, "R": 1}, w=2.0, v=1.0, u=1.5, z=0.2, I=10.0, tau=20.0,
)  # fmt: skip
