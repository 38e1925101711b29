import { mapOperations, type Document } from './shape.js';

interface Going {
  readonly method: string;
  readonly route: string;
  readonly sunset: string;
}

/** Marks the operations that will go; headers and document read the same table. */
export function withDeprecations(document: Document, table: readonly Going[]): Document {
  const paths = mapOperations(document.paths, (operation, path, method) => {
    const route = path.replaceAll(/\{(\w+)\}/g, ':$1');
    const going = table.find(
      (one) => one.route === route && one.method.toLowerCase() === method.toLowerCase(),
    );
    return going ? { ...operation, deprecated: true, 'x-sunset': going.sunset } : operation;
  });
  return { ...document, paths };
}
