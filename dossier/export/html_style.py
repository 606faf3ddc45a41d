"""The style sheet of exported pages: light and dark, from phones to wide screens, and on paper.

Fonts are those of the system. The text is set in a serif face, in lines of about 66 letters; all else is in a sans.
"""

from collections.abc import Mapping
from typing import Final

LIGHT: Final[Mapping[str, str]] = {
    "paper": "#fdfcfa",
    "ink": "#1c1b19",
    "muted": "#605b53",
    "rule": "#ddd8ce",
    "link": "#1b4f8f",
    "said": "#fbefc9",
    "when": "#dcece4",
    "noted": "#e4e7f7",
    "flaw": "#a3231b",
    "bar": "#3d6f63",
}
DARK: Final[Mapping[str, str]] = {
    "paper": "#17181a",
    "ink": "#e7e4dd",
    "muted": "#aaa59b",
    "rule": "#3b3c3f",
    "link": "#9cc0f2",
    "said": "#453a17",
    "when": "#193f37",
    "noted": "#2a3050",
    "flaw": "#ffa196",
    "bar": "#7fb8a8",
}


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


STYLE: Final = (
    f":root{{color-scheme:light dark;{_variables(LIGHT)}"
    "--serif:'Iowan Old Style','Palatino Linotype',Palatino,'Source Serif 4',Charter,Georgia,'Noto Serif',serif;"
    "--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}\n"
    f"@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}\n"
    """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 .9375rem/1.5 var(--sans);overflow-wrap:break-word}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
.bar-top,main,.end{max-width:82rem;margin:0 auto;padding:0 1.25rem}
.bar-top{padding-top:1rem;color:var(--muted);font-size:.8125rem}
.bar-top{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.bar-top p{margin:0}
.dossier{padding:2rem 0 3rem}
.dossier+.dossier{border-top:3px double var(--rule)}
.dossier>header{max-width:39rem;padding-bottom:1.5rem}
.kicker{margin:0 0 .75rem;color:var(--muted);font-size:.8125rem;letter-spacing:.06em;text-transform:uppercase}
h1{margin:0;font:700 clamp(1.75rem,1.2rem + 2.2vw,2.75rem)/1.15 var(--serif);letter-spacing:-.01em;text-wrap:balance}
.subtitle{margin:.75rem 0 0;font:400 1.25rem/1.4 var(--serif);color:var(--muted)}
.source{margin:1rem 0 0;color:var(--muted)}
.source>:not(:last-child)::after{content:" · "}
h2{margin:2.25rem 0 .75rem;padding-top:.5rem;border-top:1px solid var(--ink);font-size:.8125rem;font-weight:700;
letter-spacing:.08em;text-transform:uppercase}
h3{margin:1.5rem 0 .5rem;font-size:1rem;font-weight:650}
.count{color:var(--muted);font-weight:400;letter-spacing:0}
.text .para{position:relative;margin:0 0 1em;padding-inline-start:2.25rem;font:400 1.125rem/1.6 var(--serif);
max-width:39rem}
.text .number{position:absolute;inset-inline-start:0;top:0;width:1.5rem;text-align:end;color:var(--muted);
font:400 .75rem/1.8rem var(--sans);font-variant-numeric:tabular-nums;-webkit-user-select:none;user-select:none}
.text .subhead,.text .note{margin-inline-start:2.25rem}
.text .subhead{margin-block:1.75em .6em;padding:0;border:0;font:700 1.25rem/1.3 var(--serif);letter-spacing:0;
text-transform:none}
.text a.name{color:inherit;text-decoration:underline;text-decoration-color:var(--link);text-decoration-thickness:1px;
text-underline-offset:.18em}
.open-name{text-decoration:underline dotted;text-underline-offset:.18em}
mark{background:none;color:inherit;padding:.06em 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}
mark.said{background:var(--said)}
mark.when{background:var(--when)}
mark.said mark.when,mark.when mark.said{background:linear-gradient(var(--said) 50%,var(--when) 50%)}
mark.noted{background:var(--noted);box-shadow:0 2px 0 var(--link)}
.to{margin:0 .15em;font:400 .6875rem/1 var(--sans);vertical-align:.45em;-webkit-user-select:none;user-select:none}
:target:not(article,main,nav){outline:2px solid var(--link);outline-offset:3px;border-radius:1px}
ul,ol.events{list-style:none;margin:0;padding:0}
.entry{padding:.45rem 0;break-inside:avoid}
.entry+.entry{border-top:1px solid var(--rule)}
.entry p{margin:0}
.entry .name{font-weight:650}
.native{margin-left:.4em;color:var(--muted)}
.remarks,.places{margin:0;color:var(--muted);font-size:.8125rem}
.places a{font-variant-numeric:tabular-nums;white-space:nowrap}
.aside{float:right;margin-left:1rem;color:var(--muted);font-size:.8125rem}
blockquote{margin:0}
.words{font:400 1.0625rem/1.45 var(--serif)}
.own .words{border-inline-start:3px solid var(--bar);padding-inline-start:.75rem}
.own .remarks,.own .places{padding-inline-start:.9375rem}
.event{display:grid;grid-template-columns:6.75rem minmax(0,1fr);column-gap:.75rem}
.event>.date{font-weight:650;font-size:.8125rem;line-height:1.7;font-variant-numeric:tabular-nums}
.flaw{color:var(--flaw)}
.note{margin-block:.6rem;padding:.5rem .75rem;background:var(--noted);border-inline-start:3px solid var(--link);
font:400 .875rem/1.45 var(--sans);max-width:37rem;break-inside:avoid}
.note p{margin:.15rem 0 0;white-space:pre-wrap}
.note .label{margin:0;color:var(--muted);font-size:.8125rem}
dl{display:grid;grid-template-columns:7rem minmax(0,1fr);margin:0;font-size:.875rem}
dl>div{display:contents}
dt{padding:.3rem .75rem .3rem 0;color:var(--muted)}
dd{margin:0;padding:.3rem 0}
.band{margin:2rem 0 0}
.drawing{overflow-x:auto}
.band svg{display:block;min-width:46rem;width:100%;height:auto;font:400 12px/1 var(--sans)}
.band text{fill:var(--ink);unicode-bidi:isolate;paint-order:stroke;stroke:var(--paper);stroke-width:3px;
stroke-linejoin:round}
.band text.date,.band text.open{fill:var(--muted)}
.tick{stroke:var(--rule);fill:none}
.bar{stroke:var(--bar)}
.bar.happened{fill:var(--bar)}
.bar.planned{fill:var(--paper)}
.bar.denied{fill:var(--paper);stroke:var(--flaw);stroke-dasharray:3 2}
.bar.unbounded{opacity:.45}
.hatch{fill:var(--bar)}
.join{stroke:var(--bar);stroke-dasharray:1 3}
.strike{stroke:var(--flaw);stroke-width:1.5}
figcaption{margin-top:.5rem;color:var(--muted);font-size:.8125rem}
.end{padding-top:1rem;padding-bottom:3rem;color:var(--muted);font-size:.8125rem}
.end ol{padding-left:1.5rem}
@media (min-width:64rem){
.columns{display:grid;grid-template-columns:minmax(0,39rem) minmax(22rem,1fr);column-gap:4rem;align-items:start}
.panes{padding-inline:.25rem}
}
@media screen and (min-width:64rem){
.panes{scroll-padding-top:.5rem;position:sticky;top:0;max-height:100vh;overflow-y:auto;padding-bottom:2rem}
.text>h2:first-child,.panes>section:first-child>h2:first-of-type{margin-top:0}
}
@media (max-width:30rem){
.text .para{padding-inline-start:1.5rem}
.text .number{width:1rem}
.text .subhead,.text .note{margin-inline-start:1.5rem}
.event{grid-template-columns:minmax(0,1fr)}
.aside{float:none;display:block;margin:0}
dl{grid-template-columns:minmax(0,1fr)}
dt{padding-bottom:0}
dd{padding-top:0}
}
@media print{
"""
    f":root{{color-scheme:light;{_variables({**LIGHT, 'paper': '#ffffff', 'ink': '#000000'})}}}\n"
    """
@page{margin:18mm 16mm}
body{font-size:10pt}
.skip,.bar-top{display:none}
.dossier{padding:0}
.dossier+.dossier{break-before:page;border:0}
.bar-top,main,.end{max-width:none;padding-inline:0}
.columns{display:block}
.people ul{columns:2;column-gap:2rem}
.text .para{font-size:11pt;line-height:1.5;max-width:none;orphans:3;widows:3}
.words{font-size:10.5pt}
h1{font-size:22pt}
h1,h2,h3{break-after:avoid}
.entry,.note,figure{break-inside:avoid}
a{color:inherit}
.band svg{min-width:0}
.drawing{overflow:visible}
mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.bar,.hatch{-webkit-print-color-adjust:exact;print-color-adjust:exact}
:target{outline:0}
}
"""
)
"""The style sheet."""
