/** A class or function that a pickle names; never executed. */
export class PickledGlobal {
  constructor(readonly name: string) {}
}

/** An instance of a class whose meaning is not known here: what its state said. */
export class PickledObject {
  state: Map<unknown, unknown> = new Map();
  constructor(readonly className: string) {}
}

export interface UnpickleRules {
  /** Whether a global may be named at all. */
  allows(name: string): boolean;
  /** What calling an allowed global with these arguments gives. */
  call(name: string, args: unknown[]): unknown;
  /** What a persistent id stands for. */
  persistent(id: unknown): unknown;
}

export class PickleError extends Error {
  override readonly name = "PickleError";
}

const MARK = Symbol("mark");

/**
 * Reads one pickle of protocols 0 to 2 as torch.save writes them: an interpreter of two dozen harmless opcodes
 * that builds Maps, arrays, numbers and strings. Nothing is ever imported or executed; a global that the
 * rules do not allow, an unknown opcode or a malformed stream stops it.
 *
 * @returns the value and the position after its STOP
 * @throws PickleError
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  rules: UnpickleRules,
): { value: unknown; end: number } {
  const machine = new Machine(bytes, start, rules);
  for (;;) {
    const opcode = machine.byte();
    if (opcode === STOP) return { value: machine.pop(), end: machine.at };
    const run = OPCODES.get(opcode);
    if (!run)
      throw new PickleError(`the pickle holds the opcode 0x${opcode.toString(16)}, which is not allowed`);
    run(machine);
  }
}

/** The stream, the stack and the memo of one pickle. */
class Machine {
  private readonly view: DataView;
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(
    private readonly bytes: Uint8Array,
    /** Where the next byte is read. */
    public at: number,
    readonly rules: UnpickleRules,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private need(count: number): number {
    if (this.at + count > this.bytes.length) throw new PickleError("the pickle ends too early");
    this.at += count;
    return this.at - count;
  }
  byte = () => this.bytes[this.need(1)];
  uint16 = () => this.view.getUint16(this.need(2), true);
  uint32 = () => this.view.getUint32(this.need(4), true);
  int32 = () => this.view.getInt32(this.need(4), true);
  float64 = () => this.view.getFloat64(this.need(8), false);
  /** A number of two's complement, least byte first. */
  long(length: number): number | bigint {
    let value = 0n;
    const from = this.need(length);
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[from + i]);
    if (length > 0 && this.bytes[from + length - 1] & 0x80) value -= 1n << BigInt(8 * length);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  text(length: number): string {
    const from = this.need(length);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, length).toString("utf8");
  }
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new PickleError("the pickle ends too early");
    const value = Buffer.from(this.bytes.subarray(this.at, end)).toString("utf8");
    this.at = end + 1;
    return value;
  }

  push(value: unknown): void {
    this.stack.push(value);
  }
  pop = (): unknown => {
    if (this.stack.length === 0) throw new PickleError("the pickle's stack is empty");
    return this.stack.pop();
  };
  top = () => this.stack.at(-1);
  /** Everything above the last mark, which goes with it. */
  toMark(): unknown[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw new PickleError("the pickle has no mark");
    const items = this.stack.splice(mark);
    items.shift();
    return items;
  }
  store(key: number): void {
    this.memo.set(key, this.top());
  }
  recall(key: number): unknown {
    if (!this.memo.has(key)) throw new PickleError("the pickle recalls what it never stored");
    return this.memo.get(key);
  }
}

const STOP = 0x2e;

const OPCODES = new Map<number, (machine: Machine) => void>([
  [0x80, protocol], // PROTO
  [0x28, (m) => m.push(MARK)], // MARK
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x74, (m) => m.push(m.toMark())], // TUPLE
  [0x85, (m) => m.push([m.pop()])], // TUPLE1
  [0x86, (m) => m.push(Array.from({ length: 2 }, m.pop).reverse())], // TUPLE2
  [0x87, (m) => m.push(Array.from({ length: 3 }, m.pop).reverse())], // TUPLE3
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.byte())], // BININT1
  [0x4d, (m) => m.push(m.uint16())], // BININT2
  [0x4a, (m) => m.push(m.int32())], // BININT
  [0x8a, (m) => m.push(m.long(m.byte()))], // LONG1
  [0x47, (m) => m.push(m.float64())], // BINFLOAT
  [0x58, (m) => m.push(m.text(m.uint32()))], // BINUNICODE
  [0x54, (m) => m.push(m.text(m.uint32()))], // BINSTRING
  [0x55, (m) => m.push(m.text(m.byte()))], // SHORT_BINSTRING
  [0x71, (m) => m.store(m.byte())], // BINPUT
  [0x72, (m) => m.store(m.uint32())], // LONG_BINPUT
  [0x68, (m) => m.push(m.recall(m.byte()))], // BINGET
  [0x6a, (m) => m.push(m.recall(m.uint32()))], // LONG_BINGET
  [0x63, global], // GLOBAL
  [0x52, call], // REDUCE
  [0x81, make], // NEWOBJ
  [0x62, build], // BUILD
  [0x73, setItem], // SETITEM
  [0x75, (m) => setItems(m, m.toMark())], // SETITEMS
  [0x61, (m) => append(m, [m.pop()])], // APPEND
  [0x65, (m) => append(m, m.toMark())], // APPENDS
  [0x51, (m) => m.push(m.rules.persistent(m.pop()))], // BINPERSID
]);

function protocol(machine: Machine): void {
  if (machine.byte() > 2) throw new PickleError("the pickle has a newer protocol than 2");
}

function global(machine: Machine): void {
  const name = `${machine.line()}.${machine.line()}`;
  if (!machine.rules.allows(name)) throw new PickleError(`the pickle asks for ${name}, which is not allowed`);
  machine.push(new PickledGlobal(name));
}

function call(machine: Machine): void {
  const args = machine.pop();
  const callee = machine.pop();
  if (!(callee instanceof PickledGlobal) || !Array.isArray(args))
    throw new PickleError("the pickle calls no function");
  machine.push(machine.rules.call(callee.name, args));
}

function make(machine: Machine): void {
  machine.pop();
  const type = machine.pop();
  if (!(type instanceof PickledGlobal)) throw new PickleError("the pickle makes an instance of no class");
  machine.push(new PickledObject(type.name));
}

function build(machine: Machine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof PickledObject && state instanceof Map) target.state = state;
  // Attributes of a dict, such as a state dict's _metadata, carry no tensors.
  else if (!(target instanceof Map)) throw new PickleError("the pickle sets the state of no object");
}

function setItem(machine: Machine): void {
  const [value, key] = [machine.pop(), machine.pop()];
  setItems(machine, [key, value]);
}

function setItems(machine: Machine, items: unknown[]): void {
  const target = machine.top();
  if (!(target instanceof Map) || items.length % 2 !== 0)
    throw new PickleError("the pickle sets items of no dict");
  for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
}

function append(machine: Machine, items: unknown[]): void {
  const target = machine.top();
  if (!Array.isArray(target)) throw new PickleError("the pickle appends to no list");
  for (const item of items) target.push(item);
}
