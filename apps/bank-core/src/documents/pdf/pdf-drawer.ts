import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import type { DocumentRefusal } from '../domain/document.refusals.js';
import type { PageDefinition } from '../domain/document-layout.js';

/** Bounds of one drawing: a document that needs more is refused, the server is not (T-26). */
export interface DrawingBounds {
  readonly millisecondsMax: number;
  readonly heapMegabytesMax: number;
}
/** To draw within other bounds than the usual ones. */
export const DRAWING_BOUNDS = Symbol('DrawingBounds');
const BOUNDS: DrawingBounds = { millisecondsMax: 20_000, heapMegabytesMax: 384 };

type Answer = { readonly bytes: Uint8Array } | { readonly failed: string };

/** Draws PDFs one after another in a thread of their own; a drawing beyond its bounds ends with its thread. */
@Injectable()
export class PdfDrawer implements OnApplicationShutdown {
  private thread: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Optional() @Inject(DRAWING_BOUNDS) private readonly bounds: DrawingBounds = BOUNDS,
  ) {}

  /** The PDF of a definition: the same bytes for the same definition. `document_too_large` beyond the bounds. */
  draw(page: PageDefinition): Promise<Result<Uint8Array, Refusal<DocumentRefusal>>> {
    const drawing = this.last.then(() => this.drawNow(page));
    this.last = drawing.catch(() => undefined);
    return drawing;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  private async drawNow(
    page: PageDefinition,
  ): Promise<Result<Uint8Array, Refusal<DocumentRefusal>>> {
    const thread = (this.thread ??= newThread(this.bounds.heapMegabytesMax));
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), this.bounds.millisecondsMax);
    try {
      const answered = once(thread, 'message', { signal: patience.signal });
      thread.postMessage(page);
      const [answer] = (await answered) as [Answer];
      if ('bytes' in answer) return accepted(answer.bytes);
      throw new Error(`A document could not be drawn: ${answer.failed}`);
    } catch (error) {
      const isBeyond = patience.signal.aborted || isOutOfMemory(error);
      if (isBeyond || thread.threadId === -1) await this.end(thread);
      if (isBeyond) return refused('document_too_large');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async end(thread: Worker): Promise<void> {
    if (this.thread === thread) this.thread = undefined;
    await thread.terminate();
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

function newThread(heapMegabytesMax: number): Worker {
  const thread = new Worker(new URL('./drawing-thread.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
    execArgv: [],
  });
  thread.unref();
  return thread;
}
