import type { LogLine } from '@slipway/backstage-plugin-delivery-common';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { LastWords } from './lastWords';
import type { LogLimits } from './protocol';

// Reading costs time that other copies need as well. Who writes this many times what is kept is made to wait.
const readFactor = 16;

/**
 * What one copy of a release writes, in a file with limits: lines are cut, floods are dropped with a word about it,
 * and the file is rotated once (so at most twice the limit lies on the disk).
 */
export class InstanceLog {
  #size: number;
  #second = 0;
  #lines = 0;
  #bytes = 0;
  #read = 0;
  #droppedLines = 0;
  #droppedBytes = 0;
  readonly lastWords = new LastWords();

  constructor(
    private readonly path: string,
    private readonly instance: string,
    private readonly limits: LogLimits,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.#size = sizeOf(path);
  }

  /** Captures a stream line by line until it ends. */
  capture(stream: Readable, name: 'stdout' | 'stderr'): void {
    const { maxLineLength, maxBytesPerSecond } = this.limits;
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      this.#turn();
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, maxLineLength + 1);
      for (const line of lines) this.#line(name, line);
      this.#read += text.length;
      if (this.#read > maxBytesPerSecond * readFactor) {
        stream.pause();
        setTimeout(() => stream.resume(), 1000 - (Date.now() % 1000));
      }
    });
    stream.on('end', () => {
      if (rest) this.#line(name, rest);
      this.#tellDropped();
    });
    // A stream that breaks is one that has ended.
    stream.on('error', () => {});
  }

  /** A word of the agent's own. */
  note(text: string): void {
    this.#write('system', text);
  }

  // A new second brings a new allowance.
  #turn(): void {
    const second = Math.floor(Date.now() / 1000);
    if (second === this.#second) return;
    this.#second = second;
    this.#lines = 0;
    this.#bytes = 0;
    this.#read = 0;
    this.#tellDropped();
  }

  #tellDropped(): void {
    if (!this.#droppedLines) return;
    const { maxLinesPerSecond, maxBytesPerSecond } = this.limits;
    this.#write(
      'system',
      `${this.#droppedLines} lines (${this.#droppedBytes} bytes) were dropped: more than ${maxLinesPerSecond} lines or ${maxBytesPerSecond} bytes a second`,
    );
    this.#droppedLines = 0;
    this.#droppedBytes = 0;
  }

  #line(stream: 'stdout' | 'stderr', text: string): void {
    this.lastWords.add(stream, text);
    const { maxLineLength, maxLinesPerSecond, maxBytesPerSecond } = this.limits;
    const kept =
      text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text;
    this.#lines += 1;
    this.#bytes += kept.length;
    if (this.#lines > maxLinesPerSecond || this.#bytes > maxBytesPerSecond) {
      this.#droppedLines += 1;
      this.#droppedBytes += text.length;
      return;
    }
    this.#write(stream, kept);
  }

  #write(stream: LogLine['stream'], text: string): void {
    const line: LogLine = {
      at: new Date().toISOString(),
      instance: this.instance,
      stream,
      text,
    };
    const content = `${JSON.stringify(line)}\n`;
    try {
      if (this.#size + content.length > this.limits.maxBytes) {
        renameSync(this.path, `${this.path}.1`);
        this.#size = 0;
      }
      appendFileSync(this.path, content);
      this.#size += content.length;
    } catch {
      // A full disk costs lines of a log, and must not cost what runs.
      this.#droppedLines += 1;
      this.#droppedBytes += text.length;
    }
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
