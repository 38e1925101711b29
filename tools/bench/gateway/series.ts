import type { JsonWebKey } from 'node:crypto';

/** Where a connection goes and how it is secured; without `tls` it is plain HTTP. */
export interface Target {
  readonly port: number;
  readonly tls?: {
    readonly name: string;
    readonly ca: string;
    /** The client's own certificate and key, PEM. */
    readonly cert?: string;
    readonly key?: string;
  };
}

/** What every connection asks for, again and again. */
export type Asked =
  | {
      readonly kind: 'plain';
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      /** A protected read with a proof of its own each time (RFC 9449). */
      readonly kind: 'dpop';
      readonly origin: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly token: string;
      /** Private P-256 key that the token is bound to. */
      readonly key: JsonWebKey;
    }
  | {
      /** Client credentials with private_key_jwt and a bound token. */
      readonly kind: 'token';
      readonly origin: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly clientId: string;
      readonly scope: string;
      readonly clientKey: JsonWebKey;
      readonly key: JsonWebKey;
    };

export interface Series {
  readonly targets: readonly Target[];
  /** In all, shared by the targets. */
  readonly connections: number;
  readonly warmS: number;
  readonly seconds: number;
  /** Requests per second, whatever the answers do; absent: each connection asks as soon as it is answered. */
  readonly perSecond?: number;
  readonly asked: Asked;
}

export interface SeriesResult {
  readonly answered: number;
  /** Answers that were not 200, by status; the first demand for a nonce of a connection does not count. */
  readonly failed: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type LoadAnswer =
  { readonly isWarm: true } | { readonly result: SeriesResult } | { readonly fault: string };
