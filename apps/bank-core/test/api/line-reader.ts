import type { LineStream } from '../../src/platform/line-stream.js';

export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** A listener in this process: keeps what it was told and lets a test wait for the next matching line. */
export class LineReader implements LineStream {
  readonly messages: Message[] = [];
  isEnded = false;
  private waiting: (() => void)[] = [];

  write(message: object): boolean {
    // As it would arrive: what is no JSON never does.
    this.messages.push(JSON.parse(JSON.stringify(message)) as Message);
    for (const wake of this.waiting.splice(0)) wake();
    return !this.isEnded;
  }

  end(): void {
    this.isEnded = true;
  }

  /** The first message after `from` that matches; waits for it as long as the test may last. */
  async next(matches: (message: Message) => boolean, from = 0): Promise<Message> {
    for (let at = from; ; at += 1) {
      while (at >= this.messages.length)
        await new Promise<void>((wake) => void this.waiting.push(wake));
      const message = this.messages[at];
      if (message && matches(message)) return message;
    }
  }
}
