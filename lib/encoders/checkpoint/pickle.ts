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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let at = start;

  const need = (count: number) => {
    if (at + count > bytes.length) throw new PickleError("the pickle ends too early");
    at += count;
    return at - count;
  };
  const pop = () => {
    if (stack.length === 0) throw new PickleError("the pickle's stack is empty");
    return stack.pop();
  };
  const toMark = () => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw new PickleError("the pickle has no mark");
    const items = stack.splice(mark);
    items.shift();
    return items;
  };
  const text = (length: number) => {
    const from = need(length);
    return Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString("utf8");
  };
  const line = () => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw new PickleError("the pickle ends too early");
    const value = Buffer.from(bytes.subarray(at, end)).toString("utf8");
    at = end + 1;
    return value;
  };
  const recall = (key: number) => {
    if (!memo.has(key)) throw new PickleError("the pickle recalls what it never stored");
    return memo.get(key);
  };
  const setItems = (target: unknown, items: unknown[]) => {
    if (!(target instanceof Map) || items.length % 2 !== 0)
      throw new PickleError("the pickle sets items of no dict");
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const append = (target: unknown, items: unknown[]) => {
    if (!Array.isArray(target)) throw new PickleError("the pickle appends to no list");
    for (const item of items) target.push(item);
  };
  const global = () => {
    const name = `${line()}.${line()}`;
    if (!rules.allows(name)) throw new PickleError(`the pickle asks for ${name}, which is not allowed`);
    return new PickledGlobal(name);
  };
  const call = (callee: unknown, args: unknown) => {
    if (!(callee instanceof PickledGlobal) || !Array.isArray(args))
      throw new PickleError("the pickle calls no function");
    return rules.call(callee.name, args);
  };
  const build = (target: unknown, state: unknown) => {
    if (target instanceof PickledObject && state instanceof Map) target.state = state;
    // Attributes of a dict, such as a state dict's _metadata, carry no tensors.
    else if (!(target instanceof Map)) throw new PickleError("the pickle sets the state of no object");
  };

  for (;;) {
    const opcode = bytes[need(1)];
    switch (opcode) {
      case 0x80: // PROTO
        if (bytes[need(1)] > 2) throw new PickleError("the pickle has a newer protocol than 2");
        break;
      case 0x2e: // STOP
        return { value: pop(), end: at };
      case 0x28: // MARK
        stack.push(MARK);
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x74: // TUPLE
        stack.push(toMark());
        break;
      case 0x85: // TUPLE1
        stack.push([pop()]);
        break;
      case 0x86: // TUPLE2
      case 0x87: {
        // TUPLE3
        const items = Array.from({ length: opcode - 0x84 }, pop);
        stack.push(items.reverse());
        break;
      }
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(opcode === 0x88);
        break;
      case 0x4b: // BININT1
        stack.push(bytes[need(1)]);
        break;
      case 0x4d: // BININT2
        stack.push(view.getUint16(need(2), true));
        break;
      case 0x4a: // BININT
        stack.push(view.getInt32(need(4), true));
        break;
      case 0x8a: {
        // LONG1
        const length = bytes[need(1)];
        let value = 0n;
        const from = need(length);
        for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[from + i]);
        if (length > 0 && bytes[from + length - 1] & 0x80) value -= 1n << BigInt(8 * length);
        stack.push(Number.isSafeInteger(Number(value)) ? Number(value) : value);
        break;
      }
      case 0x47: // BINFLOAT
        stack.push(view.getFloat64(need(8), false));
        break;
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING
        stack.push(text(view.getUint32(need(4), true)));
        break;
      case 0x55: // SHORT_BINSTRING
        stack.push(text(bytes[need(1)]));
        break;
      case 0x71: // BINPUT
        memo.set(bytes[need(1)], stack.at(-1));
        break;
      case 0x72: // LONG_BINPUT
        memo.set(view.getUint32(need(4), true), stack.at(-1));
        break;
      case 0x68: // BINGET
        stack.push(recall(bytes[need(1)]));
        break;
      case 0x6a: // LONG_BINGET
        stack.push(recall(view.getUint32(need(4), true)));
        break;
      case 0x63: // GLOBAL
        stack.push(global());
        break;
      case 0x52: {
        // REDUCE
        const args = pop();
        stack.push(call(pop(), args));
        break;
      }
      case 0x81: {
        // NEWOBJ
        pop();
        const type = pop();
        if (!(type instanceof PickledGlobal))
          throw new PickleError("the pickle makes an instance of no class");
        stack.push(new PickledObject(type.name));
        break;
      }
      case 0x62: {
        // BUILD
        const state = pop();
        build(stack.at(-1), state);
        break;
      }
      case 0x73: {
        // SETITEM
        const [value, key] = [pop(), pop()];
        setItems(stack.at(-1), [key, value]);
        break;
      }
      case 0x75: {
        // SETITEMS
        const items = toMark();
        setItems(stack.at(-1), items);
        break;
      }
      case 0x61: {
        // APPEND
        const item = pop();
        append(stack.at(-1), [item]);
        break;
      }
      case 0x65: {
        // APPENDS
        const items = toMark();
        append(stack.at(-1), items);
        break;
      }
      case 0x51: // BINPERSID
        stack.push(rules.persistent(pop()));
        break;
      default:
        throw new PickleError(`the pickle holds the opcode 0x${opcode.toString(16)}, which is not allowed`);
    }
  }
}
