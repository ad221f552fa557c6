"""How fast a canvas answers: measured in the page, from the key event to the drawn picture."""

# a key is held: one event every 16 ms; counts the pictures drawn meanwhile
PICTURES = """async (canvas) => {
    const press = (key) => canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    let drawn = 0;
    const seen = new MutationObserver((all) => { drawn += all.length; });
    seen.observe(canvas, { attributeFilter: ["data-picture"] });
    const start = performance.now();
    let keys = 0;
    while (performance.now() - start < 2000) {
        press(KEYS[Math.floor(keys++ / 40) % 2]);
        await new Promise((done) => setTimeout(done, 16));
    }
    const seconds = (performance.now() - start) / 1000;
    seen.disconnect();
    return { keys: keys / seconds, pictures: drawn / seconds };
}"""

# one key at a time; ms from the event to the end of the drawing that follows it
DELAYS = """async (canvas) => {
    const delays = [];
    for (let i = 0; i < 30; i++) {
        const drawn = new Promise((done) => {
            const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now()); });
            seen.observe(canvas, { attributeFilter: ["data-picture"] });
        });
        const start = performance.now();
        canvas.dispatchEvent(new KeyboardEvent("keydown", { key: KEYS[i % 2], bubbles: true, cancelable: true }));
        delays.push((await drawn) - start);
        await new Promise((done) => setTimeout(done, 120));
    }
    return delays.sort((a, b) => a - b);
}"""


def report(canvas, keys: tuple[str, str], what: str) -> str:
    """« courant : 40 images/s pour 60 touches/s ; de la touche aux pixels 18 ms (médiane), 31 ms (pire) »."""
    script = f"const KEYS = {list(keys)}; "
    held = canvas.evaluate(f"(canvas) => {{ {script} return ({PICTURES})(canvas) }}")
    delays = canvas.evaluate(f"(canvas) => {{ {script} return ({DELAYS})(canvas) }}")
    return (
        f"{what} : {held['pictures']:.0f} images/s pour {held['keys']:.0f} touches/s ; de la touche aux "
        f"pixels {delays[len(delays) // 2]:.0f} ms (médiane), {delays[-1]:.0f} ms (pire)"
    )
