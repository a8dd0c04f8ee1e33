/** Addresses of samples' images. */

/** Where a browser finds a sample's image. A blurred one says so: what comes from there is blurred, whatever is asked for. */
export const sampleAddress = ({ id, state }: { id: string; state: string }): string =>
  `/media/samples/${id}${state === "BLURRED" ? "?blurred=yes" : ""}`;

/** The same below a secret link to its run. */
export const sharedAddress = (address: string, token: string): string =>
  address.replace("/media/samples/", `/media/shared/${token}/`);

/** Whether what stands at an address is blurred until somebody asks to see it. */
export const isBlurred = (address: string): boolean => /[?&]blurred=yes(&|$)/.test(address);

/** Where a blurred image is found as it is. */
export const sharpAddress = (address: string): string => address.replace(/blurred=yes/, "blurred=no");

/** An address with one more part of its query. */
export const withQuery = (address: string, part: string): string =>
  `${address}${address.includes("?") ? "&" : "?"}${part}`;

/** The sample whose image stands at an address; null: it is no sample's. */
export const sampleIn = (address: string): string | null =>
  /^\/media\/samples\/(\w+)/.exec(address)?.[1] ?? null;
