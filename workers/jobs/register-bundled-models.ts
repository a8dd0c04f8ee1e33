import { registerBundledModels } from "@/lib/runs/register-bundled-models";
import { registerBundledJudges } from "@/lib/judges/register-bundled-judges";
import type { Handler } from "@/workers/context";

export const registerBundledModelsJob: Handler<"register-bundled-models"> = async (_payload, context) => {
  await registerBundledModels(context, context.signal);
  await registerBundledJudges(context, context.signal);
};
