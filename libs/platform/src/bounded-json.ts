const DEPTH_MAX = 12;
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * No database and no UTF-8 file carries U+0000 or half a surrogate pair, and no letter or page shows the control
 * characters that are neither a tab nor a line's end: such text is nobody's.
 */
const isCarried = (text: string): boolean =>
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) && text.isWellFormed();

/**
 * True when a parsed body is at most twelve levels deep, names no key of the prototype chain at any depth and holds
 * only text that can be stored (T-31, T-32). Walks with a list of its own, so that depth cannot exhaust the stack.
 */
export function isBoundedJson(body: unknown): boolean {
  const open: [unknown, number][] = [[body, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string' && !isCarried(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEPTH_MAX) return false;
    for (const key of Object.keys(value)) {
      if (POISON.has(key) || !isCarried(key)) return false;
      open.push([(value as Record<string, unknown>)[key], depth + 1]);
    }
  }
  return true;
}
