/**
 * The one stylesheet of the approval pages: our own components after the Digital Agency's rules (contrast,
 * type, spacing, focus), made for 360 px and good at 1280. Nothing on a page depends on it.
 */
export const STYLESHEET = `
:root {
  --text: #1a1a1c; --soft: #595959; --line: #767676; --ground: #ffffff; --tint: #f2f2f2;
  --key: #0017c1; --key-dark: #00118f; --alert: #ce0000; --alert-tint: #fdeeee;
  --caution-text: #6d4300; --caution-tint: #fff6d6; --focus: #ffd43d;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; color: var(--text); background: var(--ground);
  font-family: 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic', Meiryo, 'Noto Sans JP',
    'Noto Sans CJK JP', 'Noto Sans JP Variable', sans-serif;
  font-size: 1rem; line-height: 1.7; line-break: strict; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums;
}
header, main, footer { max-width: 42rem; margin: 0 auto; padding: 0 1rem; }
h1, h2, legend { line-height: 1.4; word-break: auto-phrase; }
h1 { font-size: 1.625rem; margin: .5rem 0 1rem; }
h2, legend { font-size: 1.125rem; font-weight: 700; margin: 0 0 .5rem; padding: 0; }
p { margin: 0 0 1rem; }
a { color: var(--key); text-underline-offset: .2em; }
a:hover { color: var(--key-dark); text-decoration-thickness: 3px; }
a:focus-visible, button:focus-visible, input:focus-visible, .summary:focus-visible {
  outline: 3px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px var(--focus); border-radius: 4px;
}
.skip { position: absolute; left: -999rem; top: 0; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: 0; z-index: 1; }
.demo { margin: 0; padding: .25rem 1rem; text-align: center; font-weight: 700; font-size: .875rem;
  color: var(--caution-text); background: var(--caution-tint); border-bottom: 1px solid #b78f00; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between;
  align-items: center; padding-top: .75rem; padding-bottom: .75rem; }
.bank { margin: 0; display: flex; flex-direction: column; line-height: 1.4; }
.bank strong { font-size: 1.125rem; }
.bank span { font-size: .875rem; color: var(--soft); }
.languages ul { display: flex; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.languages a, .languages span { display: inline-block; min-height: 2.75rem; padding: .5rem .75rem; }
.languages span { font-weight: 700; }
main { padding-bottom: 1.5rem; border-top: 1px solid #d9d9d9; padding-top: 1rem; }
.step { margin: 0; color: var(--soft); font-size: .875rem; }
.box { margin: 0 0 1rem; padding: 1rem; border: 1px solid #b3b3b3; border-radius: .5rem; }
.box ul { margin: 0; padding-left: 1.25rem; }
.box > :last-child { margin-bottom: 0; }
.box ul.plain { list-style: none; padding: 0; }
dl { margin: 0 0 1rem; }
dl > div { padding: .5rem 0; border-bottom: 1px solid #e0e0e0; }
dl > div:last-child { border-bottom: 0; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; }
.amount { font-size: 1.5rem; }
.kana { display: block; font-weight: 700; }
.mark { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: .25rem;
  font-size: .875rem; }
.mark.caution { color: var(--caution-text); background: var(--caution-tint); border-color: #b78f00; }
form { margin: 0 0 1.5rem; }
.decision form, form.back { margin-bottom: 0; }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
.field { margin: 0 0 1.25rem; }
.field label { display: block; font-weight: 700; margin-bottom: .25rem; }
.hint { margin: 0 0 .25rem; color: var(--soft); font-size: .875rem; }
.field input { width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; }
.error { margin: 0 0 .25rem; color: var(--alert); font-weight: 700; }
.wrong { border-left: 4px solid var(--alert); padding-left: .75rem; }
.summary { margin: 0 0 1.5rem; padding: 1rem; border: 2px solid var(--alert); border-radius: .5rem;
  background: var(--alert-tint); }
.summary h2 { color: var(--alert); }
.summary ul { margin: 0; padding-left: 1.25rem; }
.summary a { color: var(--alert); font-weight: 700; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .75rem;
  border: 1px solid var(--line); border-radius: .5rem; margin-bottom: .5rem; }
.choice input { flex: none; width: 1.5rem; height: 1.5rem; margin: .125rem 0 0; accent-color: var(--key); }
.choice label { flex: 1; display: flex; flex-direction: column; cursor: pointer; }
.choice:has(input:checked) { border-color: var(--key); box-shadow: inset 0 0 0 1px var(--key); }
.choice.off { background: var(--tint); border-style: dashed; }
.choice.off label { cursor: default; }
.button { display: block; width: 100%; min-height: 3rem; padding: .5rem 1rem; font: inherit;
  font-weight: 700; text-align: center; border-radius: .5rem; border: 2px solid var(--key);
  cursor: pointer; text-decoration: none; }
.button.first { color: #fff; background: var(--key); }
.button.first:hover { background: var(--key-dark); }
.button.second { color: var(--key); background: var(--ground); }
.button.second:hover { background: #e8f1fe; }
.button.quiet { color: var(--text); background: var(--ground); border: 1px solid var(--line);
  font-weight: 400; }
.button.quiet:hover { background: var(--tint); }
.back { margin-top: 1.5rem; }
.decision { display: grid; gap: .75rem; margin: 1.5rem 0; }
.notice { padding: 1rem; border-left: 4px solid var(--caution-text); background: var(--caution-tint); }
.code { font-family: ui-monospace, Consolas, monospace, 'Noto Sans JP Variable'; word-break: break-all; }
footer { padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem;
  border-top: 1px solid #d9d9d9; }
footer p { margin: 0 0 .25rem; }
@media (min-width: 40rem) {
  h1 { font-size: 2rem; }
  dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
  dt { font-size: 1rem; }
  .decision:not(.stacked) { grid-template-columns: 1fr 1fr; }
  .box { padding: 1.5rem; }
}
@media (forced-colors: active) { .mark, .choice, .button { border-width: 2px; } }
@media print { .skip, .languages, .button { display: none; } }
`;
