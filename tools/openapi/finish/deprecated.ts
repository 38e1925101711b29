import { mapOperations, type Document } from './shape.js';

interface Going {
  readonly method: string;
  readonly route: string;
  readonly sunset: string;
}

/** What it answers once its sunset has come. */
const RETIRED = {
  description: 'Retired: the sunset has passed, facts.successor says what to use instead',
  headers: { 'x-fapi-interaction-id': { $ref: '#/components/headers/InteractionId' } },
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } },
  },
};

/** Marks the operations that will go; headers and document read the same table. */
export function withDeprecations(document: Document, table: readonly Going[]): Document {
  const paths = mapOperations(document.paths, (operation, path, method) => {
    const route = path.replaceAll(/\{(\w+)\}/g, ':$1');
    const going = table.find(
      (one) => one.route === route && one.method.toLowerCase() === method.toLowerCase(),
    );
    if (!going) return operation;
    const responses = { ...operation.responses, '410': RETIRED };
    return { ...operation, deprecated: true, 'x-sunset': going.sunset, responses };
  });
  return { ...document, paths };
}
