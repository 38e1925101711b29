import { Pool } from 'undici';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The way to one process of the gateway, whoever else goes by the same name. */
export class Door {
  readonly #pool: Pool;

  constructor(
    readonly port: number,
    private readonly host: string,
    authority: string,
    connections = 16,
  ) {
    this.#pool = new Pool(`https://127.0.0.1:${port}`, {
      connections,
      connect: { ca: authority, servername: host.split(':')[0] ?? host },
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
    });
  }

  /** Throws when the process does not answer; a refusal is an answer. */
  async ask(request: WireRequest): Promise<WireAnswer> {
    const { method, path, headers, body } = request;
    const answer = await this.#pool.request({
      method,
      path,
      headers: { host: this.host, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: await answer.body.text(),
    };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
