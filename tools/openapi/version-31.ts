/**
 * OpenAPI 3.1 says null by type and knows no `nullable` (users.md D.6); the decorators still write the
 * older word. Requests refuse what they do not know, so their objects say so.
 */
export function inVersion31(value: unknown): object {
  return rewrite(value) as object;
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Record<string, unknown>;
  const members = Object.fromEntries(
    Object.entries(rest)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, rewrite(member)]),
  );
  // A member that is itself called `nullable` would be an object; the keyword is a boolean.
  if (nullable === undefined || typeof nullable === 'object')
    return nullable === undefined ? members : { ...members, nullable: rewrite(nullable) };
  return nullable === true ? orNull(members) : members;
}

function orNull(schema: Record<string, unknown>): object {
  const { allOf, $ref, enum: values, type, ...rest } = schema;
  if (typeof $ref === 'string') return { ...rest, oneOf: [{ $ref }, { type: 'null' }] };
  if (Array.isArray(allOf)) return { ...rest, oneOf: [...(allOf as object[]), { type: 'null' }] };
  if (Array.isArray(values))
    return { ...rest, type: [type ?? 'string', 'null'], enum: [...(values as unknown[]), null] };
  return { ...rest, type: [type ?? 'string', 'null'] };
}
