import { readdir, readFile } from 'node:fs/promises';

/** The environment variable by which a process is known to belong to a copy, whatever it does with its group. */
export const INSTANCE_VARIABLE = 'SLIPWAY_INSTANCE';

// In what /proc counts processor time, whatever the kernel's own clock (USER_HZ, proc(5)).
const ticksPerSecond = 100;

// Processes that belong to nobody here are looked at again once in so many scans, in case their number was reused.
const recheckEvery = 10;

/** One process of a copy. */
export interface MemberProcess {
  pid: number;
  /** Tells it from a later one with the same number. */
  startTime: string;
  rssBytes: number;
  /** Of processor time, with that of children that have ended. */
  cpuSeconds: number;
}

interface Stat extends MemberProcess {
  parent: number;
  group: number;
  zombie: boolean;
}

interface Member extends Stat {
  mark: string;
}

/**
 * Which processes belong to which copy, from /proc: those of its group, their children, and those that carry its mark
 * in their environment. So a child that has made itself a daemon is found as well. Empty where there is no /proc.
 */
export class ProcessTable {
  #members = new Map<number, Member>();
  #foreign = new Set<number>();
  #scans = 0;
  #running?: Promise<void>;
  #pageBytes?: number;

  /** Copies by the process that leads their group. */
  constructor(private readonly leaders: () => Map<number, string>) {}

  /** Brings the table up to date. Whoever asks meanwhile gets the scan after this one. */
  async scan(): Promise<void> {
    const previous = this.#running ?? Promise.resolve();
    const scan = previous.then(() => this.#scan());
    this.#running = scan;
    await scan;
  }

  of(mark: string): MemberProcess[] {
    return [...this.#members.values()].filter(member => member.mark === mark);
  }

  /** All that carry a mark with this beginning, whoever started them. */
  async marked(prefix: string): Promise<MemberProcess[]> {
    const found: MemberProcess[] = [];
    for (const pid of await pids()) {
      const stat = await this.#stat(pid);
      if (stat && !stat.zombie && (await markOf(pid))?.startsWith(prefix))
        found.push(stat);
    }
    return found;
  }

  async #scan(): Promise<void> {
    this.#scans += 1;
    if (this.#scans % recheckEvery === 0) this.#foreign.clear();
    const leaders = this.leaders();
    const present = await pids();
    const seen: Stat[] = [];
    for (const pid of present) {
      if (this.#foreign.has(pid) && !leaders.has(pid)) continue;
      const stat = await this.#stat(pid);
      if (stat && !stat.zombie) seen.push(stat);
    }
    const members = new Map<number, Member>();
    const claim = (stat: Stat, mark: string | undefined) => {
      if (mark) members.set(stat.pid, { ...stat, mark });
    };
    for (const stat of seen) {
      const known = this.#members.get(stat.pid);
      claim(
        stat,
        known?.startTime === stat.startTime
          ? known.mark
          : leaders.get(stat.group),
      );
    }
    const marks = new Set(leaders.values());
    for (const stat of seen) {
      if (members.has(stat.pid)) continue;
      const inherited = members.get(stat.parent)?.mark;
      const own = inherited ?? (await markOf(stat.pid));
      if (own && (inherited || marks.has(own))) claim(stat, own);
    }
    this.#members = members;
    const here = new Set(present);
    this.#foreign = new Set([...this.#foreign].filter(pid => here.has(pid)));
    for (const { pid } of seen) if (!members.has(pid)) this.#foreign.add(pid);
  }

  async #stat(pid: number): Promise<Stat | undefined> {
    const text = await read(`/proc/${pid}/stat`);
    if (!text) return undefined;
    // The second field is the command in brackets, which may hold spaces; the third follows it (proc(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => fields[number - 3] ?? '';
    this.#pageBytes ??= await pageBytes();
    return {
      pid,
      zombie: field(3) === 'Z' || field(3) === 'X',
      parent: Number(field(4)),
      group: Number(field(5)),
      startTime: field(22),
      rssBytes: Number(field(24)) * this.#pageBytes,
      cpuSeconds:
        [14, 15, 16, 17].reduce((sum, at) => sum + Number(field(at)), 0) /
        ticksPerSecond,
    };
  }
}

async function pids(): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  return entries.filter(entry => /^\d+$/.test(entry)).map(Number);
}

async function markOf(pid: number): Promise<string | undefined> {
  const environment = (await read(`/proc/${pid}/environ`)) ?? '';
  const entry = environment
    .split('\0')
    .find(line => line.startsWith(`${INSTANCE_VARIABLE}=`));
  return entry?.slice(INSTANCE_VARIABLE.length + 1);
}

async function pageBytes(): Promise<number> {
  const maps = await read('/proc/self/smaps');
  const [, kib = '4'] = /^KernelPageSize:\s+(\d+) kB/m.exec(maps ?? '') ?? [];
  return Number(kib) * 1024;
}

/** `undefined` for what has ended meanwhile, or belongs to another user. */
async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
