import { Pool, type Dispatcher } from 'undici';

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

/** No answer came. What was never sent cannot have been carried out; of anything else nobody knows. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    readonly wasSent: boolean,
    cause: unknown,
  ) {
    super('No answer came.', { cause });
  }
}

/** What becomes of one request on its way. */
interface Way {
  wasSent: boolean;
}

/** The way to one process of the gateway, whoever else goes by the same name. */
export class Door {
  readonly #pool: Pool;
  readonly #dispatcher: Dispatcher;

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
    this.#dispatcher = this.#pool.compose(markingWhatIsSent);
  }

  /** Throws `NoAnswer` when the process does not answer; a refusal is an answer. */
  async ask(request: WireRequest): Promise<WireAnswer> {
    const { method, path, headers, body } = request;
    const way: Way = { wasSent: false };
    try {
      const answer = await this.#dispatcher.request({
        method,
        path,
        headers: { host: this.host, ...headers },
        opaque: way,
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: await answer.body.text(),
      };
    } catch (error) {
      throw new NoAnswer(way.wasSent, error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** A request starts when its connection stands, TLS included, and its first byte is about to be written. */
const markingWhatIsSent: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) => {
    const { opaque: way } = options as { readonly opaque?: Way };
    return dispatch(options, {
      onRequestStart(controller, context) {
        if (way) way.wasSent = true;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...heard) => handler.onRequestUpgrade?.(...heard),
      onResponseStart: (...heard) => handler.onResponseStart?.(...heard),
      onResponseData: (...heard) => handler.onResponseData?.(...heard),
      onResponseEnd: (...heard) => handler.onResponseEnd?.(...heard),
      onResponseError: (...heard) => handler.onResponseError?.(...heard),
    });
  };
