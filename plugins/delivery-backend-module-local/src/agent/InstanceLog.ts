import type { LogLine } from '@slipway/backstage-plugin-delivery-common';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import type { AgentSettings } from './protocol';

/**
 * What one copy of a release writes, in a file with limits: lines are cut, floods are dropped with a word about it,
 * and the file is rotated once (so at most twice the limit lies on the disk).
 */
export class InstanceLog {
  #size: number;
  #second = 0;
  #linesThisSecond = 0;
  #dropped = 0;
  /** The last line on stderr, for messages that say why a process ended. */
  lastError?: string;

  constructor(
    private readonly path: string,
    private readonly instance: string,
    private readonly limits: AgentSettings['log'],
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.#size = sizeOf(path);
  }

  /** Captures a stream line by line until it ends. */
  capture(stream: Readable, name: 'stdout' | 'stderr'): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, this.limits.maxLineLength);
      for (const line of lines) this.#line(name, line);
    });
    stream.on('end', () => {
      if (rest) this.#line(name, rest);
    });
  }

  /** A word of the agent's own. */
  note(text: string): void {
    this.#write('system', text);
  }

  #line(stream: 'stdout' | 'stderr', text: string): void {
    if (stream === 'stderr' && text.trim())
      this.lastError = text.trim().slice(0, 300);
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      if (this.#dropped)
        this.#write('system', `${this.#dropped} lines were dropped: too many`);
      this.#second = second;
      this.#linesThisSecond = 0;
      this.#dropped = 0;
    }
    this.#linesThisSecond += 1;
    if (this.#linesThisSecond > this.limits.maxLinesPerSecond) {
      this.#dropped += 1;
      return;
    }
    const { maxLineLength } = this.limits;
    this.#write(
      stream,
      text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text,
    );
  }

  #write(stream: LogLine['stream'], text: string): void {
    const line: LogLine = {
      at: new Date().toISOString(),
      instance: this.instance,
      stream,
      text,
    };
    const content = `${JSON.stringify(line)}\n`;
    if (this.#size + content.length > this.limits.maxBytes) {
      renameSync(this.path, `${this.path}.1`);
      this.#size = 0;
    }
    appendFileSync(this.path, content);
    this.#size += content.length;
  }
}

/** The last lines of several log files, oldest first. */
export function readLogs(paths: string[], tail: number): LogLine[] {
  const lines = paths.flatMap(path =>
    [`${path}.1`, path].flatMap(file => readLines(file).slice(-tail)),
  );
  return lines.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-tail);
}

function readLines(path: string): LogLine[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return content.split('\n').flatMap(line => {
    try {
      return line ? [JSON.parse(line) as LogLine] : [];
    } catch {
      // A line that was cut off by a crash.
      return [];
    }
  });
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
