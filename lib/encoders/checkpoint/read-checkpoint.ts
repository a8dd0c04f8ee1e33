import type { UnpickleRules } from "@/lib/encoders/checkpoint/pickle";
import { PickleError, PickledGlobal, PickledObject, unpickle } from "@/lib/encoders/checkpoint/pickle";
import { FileError } from "@/lib/media/files/file-error";
import { memoryAccess } from "@/lib/media/files/random-access";
import { readZip } from "@/lib/media/files/zip";

/** A tensor of a checkpoint, row-major, as float32 whatever it was stored as. */
export interface CheckpointTensor {
  shape: number[];
  data: Float32Array;
}
export type Checkpoint = Map<string, CheckpointTensor>;

const ITEM_BYTES: Record<string, number> = {
  "torch.FloatStorage": 4,
  "torch.DoubleStorage": 8,
  "torch.HalfStorage": 2,
  "torch.LongStorage": 8,
  "torch.IntStorage": 4,
  "torch.BoolStorage": 1,
};

/** A storage by its key; its bytes may come after the pickle that refers to it. */
interface StorageRef {
  type: string;
  key: string;
  count: number;
}
class TensorRef {
  constructor(
    readonly storage: StorageRef,
    readonly offset: number,
    readonly shape: number[],
    readonly stride: number[],
  ) {}
}

/** How TorchScript writes a typed list. */
const LISTS = ["intlist", "doublelist", "boollist", "tensorlist"].map(
  (type) => `torch.jit._pickle.build_${type}`,
);
const CALLABLE = [
  "collections.OrderedDict",
  "torch._utils._rebuild_tensor_v2",
  "torch._utils._rebuild_parameter",
  ...LISTS,
];

const RULES: UnpickleRules = {
  // `__torch__.` classes are modules of a TorchScript archive: only their attributes are read.
  allows: (name) =>
    CALLABLE.includes(name) || Object.hasOwn(ITEM_BYTES, name) || name.startsWith("__torch__."),
  call(name, args) {
    if (name === "collections.OrderedDict") {
      const pairs = (args[0] ?? []) as unknown[];
      return new Map(pairs.map((pair) => pair as [unknown, unknown]));
    }
    if (name === "torch._utils._rebuild_parameter" || LISTS.includes(name)) return args[0];
    if (name === "torch._utils._rebuild_tensor_v2") {
      const [storage, offset, shape, stride] = args;
      if (
        !isStorage(storage) ||
        !isCount(offset) ||
        !isCounts(shape) ||
        !isCounts(stride) ||
        shape.length !== stride.length
      ) {
        throw new PickleError("the pickle describes a malformed tensor");
      }
      return new TensorRef(storage, offset, shape, stride);
    }
    if (name.startsWith("__torch__.")) return new PickledObject(name);
    throw new PickleError(`the pickle calls ${name}, which is not allowed`);
  },
  persistent(id) {
    if (!Array.isArray(id) || id[0] !== "storage" || !(id[1] instanceof PickledGlobal)) {
      throw new PickleError("the pickle refers to something other than a tensor's storage");
    }
    const [, { name }, key, , count] = id as [string, PickledGlobal, unknown, unknown, unknown];
    if (!Object.hasOwn(ITEM_BYTES, name) || !isCount(count))
      throw new PickleError(`the pickle refers to a storage of ${name}`);
    // A view of another storage (old checkpoints) would need the parent's bytes: none of ours has one.
    if (id[5] !== undefined && id[5] !== null)
      throw new PickleError("the pickle refers to a view of a storage");
    return { type: name, key: String(key), count } satisfies StorageRef;
  },
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);
const isStorage = (value: unknown): value is StorageRef =>
  typeof value === "object" && value !== null && "key" in value && "count" in value;

/**
 * Tensors of a PyTorch checkpoint by their dotted names: a state dict in the legacy format or the zip one, or the
 * modules of a TorchScript archive. Nothing of the file is executed (see pickle.ts).
 * @throws FileError naming the file and what is wrong with it
 */
export async function readCheckpoint(bytes: Uint8Array, path: string): Promise<Checkpoint> {
  try {
    return bytes[0] === 0x50 && bytes[1] === 0x4b ? await readZipped(bytes, path) : readLegacy(bytes);
  } catch (error) {
    if (!(error instanceof PickleError)) throw error;
    throw new FileError(path, `is no checkpoint that can be read: ${error.message}.`, { cause: error });
  }
}

async function readZipped(bytes: Uint8Array, path: string): Promise<Checkpoint> {
  const entries = await readZip(memoryAccess(path, bytes));
  const pickle = entries.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  if (!pickle) throw new FileError(path, "is a zip archive without a checkpoint in it.");
  const root = pickle.name.slice(0, -"data.pkl".length);
  const { value } = unpickle(await pickle.read(), 0, RULES);
  const storages = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (entry.name.startsWith(`${root}data/`))
      storages.set(entry.name.slice(root.length + 5), await entry.read());
  }
  return collect(value, (key) => storages.get(key));
}

const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;

/** Magic, protocol, system facts, the object, the storages' keys: five pickles, then the storages' bytes. */
function readLegacy(bytes: Uint8Array): Checkpoint {
  let at = 0;
  const next = () => {
    const { value, end } = unpickle(bytes, at, RULES);
    at = end;
    return value;
  };
  if (next() !== LEGACY_MAGIC) throw new PickleError("it does not begin as one");
  if (next() !== 1001) throw new PickleError("it has another protocol version");
  next();
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw new PickleError("its list of storages is missing");
  const widths = storageWidths(value);
  const storages = new Map<string, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const key of keys) {
    const width = widths.get(String(key));
    if (width === undefined) throw new PickleError("it holds a storage that no tensor uses");
    if (at + 8 > bytes.length) throw new PickleError("it ends before its tensors do");
    const length = Number(view.getBigInt64(at, true)) * width;
    at += 8;
    if (!isCount(length) || at + length > bytes.length)
      throw new PickleError("it ends before its tensors do");
    storages.set(String(key), bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.length) throw new PickleError("there are bytes after its end");
  return collect(value, (key) => storages.get(key));
}

function storageWidths(value: unknown): Map<string, number> {
  const widths = new Map<string, number>();
  visit(value, "", (_, { storage }) => widths.set(storage.key, ITEM_BYTES[storage.type]));
  return widths;
}

function collect(value: unknown, bytesOf: (key: string) => Uint8Array | undefined): Checkpoint {
  const checkpoint: Checkpoint = new Map();
  visit(value, "", (name, tensor) => {
    const { storage } = tensor;
    const bytes = bytesOf(storage.key);
    if (!bytes || bytes.length !== storage.count * ITEM_BYTES[storage.type]) {
      throw new PickleError(`the bytes of ${name} are missing`);
    }
    checkpoint.set(name, { shape: tensor.shape, data: materialise(name, tensor, bytes) });
  });
  if (checkpoint.size === 0) throw new PickleError("it holds no tensors");
  return checkpoint;
}

/** Calls `use` for every tensor, named by the dots between it and the root. */
function visit(value: unknown, name: string, use: (name: string, tensor: TensorRef) => void): void {
  if (value instanceof TensorRef) return use(name, value);
  const children = value instanceof Map ? value : value instanceof PickledObject ? value.state : null;
  children?.forEach((child: unknown, key: unknown) =>
    visit(child, name === "" ? String(key) : `${name}.${String(key)}`, use),
  );
}

function materialise(
  name: string,
  { storage, offset, shape, stride }: TensorRef,
  bytes: Uint8Array,
): Float32Array {
  const length = shape.reduce((product, side) => product * side, 1);
  const furthest = shape.reduce((sum, side, axis) => sum + (side - 1) * stride[axis], offset);
  if (length > 0 && furthest >= storage.count) throw new PickleError(`${name} reaches beyond its storage`);
  const item = reader(storage.type, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const data = new Float32Array(length);
  const index = shape.map(() => 0);
  let from = offset;
  for (let i = 0; i < length; i++) {
    data[i] = item(from);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += stride[axis];
      if (++index[axis] < shape[axis]) break;
      from -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return data;
}

function reader(type: string, view: DataView): (index: number) => number {
  switch (type) {
    case "torch.FloatStorage":
      return (i) => view.getFloat32(4 * i, true);
    case "torch.DoubleStorage":
      return (i) => view.getFloat64(8 * i, true);
    case "torch.LongStorage":
      return (i) => Number(view.getBigInt64(8 * i, true));
    case "torch.IntStorage":
      return (i) => view.getInt32(4 * i, true);
    case "torch.HalfStorage":
      return (i) => halfToNumber(view.getUint16(2 * i, true));
    default:
      return (i) => view.getUint8(i);
  }
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Checks that a checkpoint has exactly these tensors.
 * @param ignored names that may be there and are not read
 * @throws FileError naming the first tensors that are missing, unexpected or of another shape
 */
export function requireTensors(
  checkpoint: Checkpoint,
  shapes: Map<string, number[]>,
  path: string,
  ignored: (name: string) => boolean = () => false,
): void {
  const missing = [...shapes.keys()].filter((name) => !checkpoint.has(name));
  const extra = [...checkpoint.keys()].filter((name) => !shapes.has(name) && !ignored(name));
  const list = (names: string[]) =>
    `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  if (missing.length > 0) throw new FileError(path, `is another network: it lacks ${list(missing)}.`);
  if (extra.length > 0) throw new FileError(path, `is another network: it also has ${list(extra)}.`);
  for (const [name, shape] of shapes) {
    const actual = checkpoint.get(name)?.shape ?? [];
    if (actual.join() !== shape.join()) {
      throw new FileError(
        path,
        `is another network: ${name} is [${actual.join(", ")}], not [${shape.join(", ")}].`,
      );
    }
  }
}
