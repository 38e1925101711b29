const DEPTH_MAX = 12;
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * True when a parsed body is at most twelve levels deep and names no key of the prototype chain at any
 * depth (T-31, T-32). Walks with a list of its own, so that depth cannot exhaust the stack.
 */
export function isBoundedJson(body: unknown): boolean {
  const open: [unknown, number][] = [[body, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEPTH_MAX) return false;
    for (const key of Object.keys(value)) {
      if (POISON.has(key)) return false;
      open.push([(value as Record<string, unknown>)[key], depth + 1]);
    }
  }
  return true;
}
