import { hostname } from 'node:os';

const NAME_MAX = 64;

/** How this process of the gateway calls itself towards bank-core: one name as long as it lives. */
export const NODE_NAME = `${hostname()}:${process.pid}`
  .replaceAll(/[^A-Za-z0-9._:-]/g, '-')
  .slice(-NAME_MAX);
