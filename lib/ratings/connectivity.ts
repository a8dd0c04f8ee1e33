import type { PairTable } from "./pair-counts";

/**
 * What the votes can tell about the models. A maximum-likelihood fit is finite and unique only when the graph
 * "i scored against j" is strongly connected (Ford 1957): otherwise some difference of strengths is unbounded
 * (a model that won everything) or unknown (groups that never met).
 */
export interface Connectivity {
  /** Component of each model in the graph of pairs that met, numbered by first member. */
  component: Int32Array;
  componentCount: number;
  /** Component with most votes (then most models): the scale of the board; others float beside it. -1: no votes. */
  main: number;
  /** Strongly connected group of each model: inside one, the fit needs no prior. */
  group: Int32Array;
  groupCount: number;
  groupSize: Int32Array;
  /** All models with votes have met, directly or through others. */
  connected: boolean;
  /** Some component has several groups: a model or a set of models won or lost everything against the rest. */
  separated: boolean;
}

/** Components and strongly connected groups of a table, in O(models + pairs). */
export function connectivity(table: PairTable): Connectivity {
  const n = table.models.length;
  const { component, count: componentCount } = weakComponents(table, n);
  const { group, count: groupCount } = strongGroups(table, n);

  const groupSize = new Int32Array(groupCount);
  for (const g of group) groupSize[g]++;
  const size = new Int32Array(componentCount);
  const votes = new Float64Array(componentCount);
  for (const c of component) size[c]++;
  for (let i = 0; i < table.a.length; i++) {
    votes[component[table.a[i]]] += table.winsA[i] + table.winsB[i] + table.ties[i] + table.bothBad[i];
  }
  let main = 0;
  for (let c = 1; c < componentCount; c++) {
    if (votes[c] > votes[main] || (votes[c] === votes[main] && size[c] > size[main])) main = c;
  }
  const withVotes = votes.reduce((sum, v) => sum + (v > 0 ? 1 : 0), 0);
  return {
    component,
    componentCount,
    main: votes[main] > 0 ? main : -1,
    group,
    groupCount,
    groupSize,
    connected: withVotes <= 1,
    separated: groupCount > componentCount,
  };
}

function weakComponents(table: PairTable, n: number): { component: Int32Array; count: number } {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (let i = 0; i < table.a.length; i++) {
    const x = find(table.a[i]);
    const y = find(table.b[i]);
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y);
  }
  const component = new Int32Array(n).fill(-1);
  let count = 0;
  for (let i = 0; i < n; i++) {
    const root = find(i);
    if (component[root] < 0) component[root] = count++;
    component[i] = component[root];
  }
  return { component, count };
}

/** Tarjan's algorithm, without recursion. An edge i -> j means that i scored against j (a tie goes both ways). */
function strongGroups(table: PairTable, n: number): { group: Int32Array; count: number } {
  const edges: number[][] = Array.from({ length: n }, () => []);
  for (let i = 0; i < table.a.length; i++) {
    const draw = table.ties[i] + table.bothBad[i] > 0;
    if (draw || table.winsA[i] > 0) edges[table.a[i]].push(table.b[i]);
    if (draw || table.winsB[i] > 0) edges[table.b[i]].push(table.a[i]);
  }
  const order = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const next = new Int32Array(n);
  const group = new Int32Array(n).fill(-1);
  const path: number[] = [];
  const open: number[] = [];
  let visited = 0;
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (order[root] >= 0) continue;
    path.push(root);
    while (path.length > 0) {
      const v = path[path.length - 1];
      if (order[v] < 0) {
        order[v] = low[v] = visited++;
        open.push(v);
      }
      if (next[v] < edges[v].length) {
        const w = edges[v][next[v]++];
        if (order[w] < 0) path.push(w);
        else if (group[w] < 0) low[v] = Math.min(low[v], order[w]);
        continue;
      }
      path.pop();
      if (path.length > 0) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[v]);
      if (low[v] === order[v]) {
        let w: number;
        do {
          w = open.pop()!;
          group[w] = count;
        } while (w !== v);
        count++;
      }
    }
  }
  return { group, count };
}
