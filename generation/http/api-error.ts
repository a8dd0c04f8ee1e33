/** An answer other than success, in OpenAI's shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    private readonly details: {
      type?: string;
      /** The request's parameter that is at fault. */
      param?: string;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
  }

  get headers(): Record<string, string> {
    return this.details.headers ?? {};
  }

  get body() {
    const fallback = this.status >= 500 ? "server_error" : "invalid_request_error";
    return {
      error: {
        message: this.message,
        type: this.details.type ?? fallback,
        param: this.details.param ?? null,
        code: this.code,
      },
    };
  }
}
