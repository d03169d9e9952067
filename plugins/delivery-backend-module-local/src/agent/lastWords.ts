const kept = 30;
const maxLength = 300;

// Node, Python, Java, Go and most others name what went wrong in such a line.
const telling =
  /(^|\s)(\w*(Error|Exception)\b.*:|panic:|fatal|error:|cannot|failed)/i;
const noise = /^\s*(at |\^|Node\.js v\d|npm (error|ERR!) A complete log)/;

/** Remembers what a process wrote last, to say why it ended. */
export class LastWords {
  #lines: string[] = [];

  add(stream: 'stdout' | 'stderr', line: string): void {
    if (!line.trim() || noise.test(line)) return;
    // Much is written to stdout; some programs tell their errors there.
    if (stream === 'stdout' && !telling.test(line)) return;
    this.#lines.push(line.trim().slice(0, maxLength));
    if (this.#lines.length > kept) this.#lines.shift();
  }

  /** The line that says most: the last that names an error, else the last one. */
  get text(): string | undefined {
    return (
      this.#lines.findLast(line => telling.test(line)) ?? this.#lines.at(-1)
    );
  }

  clear(): void {
    this.#lines = [];
  }
}
