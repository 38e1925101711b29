import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a reader may leave unread before it is cut off; it comes back and begins with a snapshot. */
const UNREAD_BYTES_MAX = 1024 * 1024;

/** One long answer of JSON lines (NDJSON) to one reader. */
export interface LineStream {
  /** False when the reader is gone or too slow: nothing more will reach it. */
  write(message: object): boolean;
  end(): void;
}

const NDJSON = 'application/x-ndjson';

/** An answer without an end: each line is one JSON object. */
export const AnswersLines = (description: string) =>
  applyDecorators(
    ApiProduces(NDJSON),
    ApiOkResponse({ description, content: { [NDJSON]: { schema: { type: 'string' } } } }),
  );

/** Takes the answer out of Nest's hands and keeps it open until `end` or until the reader goes away. */
export function openLineStream(
  request: FastifyRequest,
  reply: FastifyReply,
  onGone: () => void,
): LineStream {
  reply.hijack();
  const answer = reply.raw;
  answer.writeHead(200, {
    'content-type': `${NDJSON}; charset=utf-8`,
    'cache-control': 'no-store',
  });
  answer.flushHeaders();
  // A socket that breaks reports here; without a listener the process would end.
  answer.on('error', onGone);
  answer.on('close', onGone);
  request.raw.socket.setKeepAlive(true, 10_000);
  return {
    write(message) {
      if (answer.destroyed || answer.writableEnded) return false;
      answer.write(`${JSON.stringify(message)}\n`);
      if (answer.writableLength <= UNREAD_BYTES_MAX) return true;
      answer.destroy();
      return false;
    },
    end() {
      if (!answer.destroyed) answer.end();
    },
  };
}

/**
 * Runs `round` every `everyMs` while somebody listens, and sooner when woken; a failed round is left out, the next one
 * is on time.
 */
export class Rhythm {
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private wokenMeanwhile = false;

  constructor(
    private readonly everyMs: number,
    private readonly round: () => Promise<void>,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.beat(), this.everyMs);
    void this.beat();
  }

  /** What woke it may be younger than what a round under way has read: then one more follows. */
  wake(): void {
    if (!this.timer) return;
    if (this.running) this.wokenMeanwhile = true;
    else void this.beat();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async beat(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.round();
    } catch {
      // The database does not answer: whoever listens notices by the missing heartbeat.
    } finally {
      this.running = false;
    }
    if (!this.wokenMeanwhile) return;
    this.wokenMeanwhile = false;
    this.wake();
  }
}
