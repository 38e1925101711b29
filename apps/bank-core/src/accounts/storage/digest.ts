import { hash } from 'node:crypto';
import type { Digest } from '../domain/ledger-key.js';

/** The platform's SHA-256: an order is hashed on the money path. */
export const digest: Digest = (text) => hash('sha256', text, 'hex');
