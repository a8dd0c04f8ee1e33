import { respond } from "@/app/api/respond";
import { readReconstructionImage } from "@/lib/demos/read-demo-image";
import { imageResponse } from "../../image-response";

/** GET /media/reconstructions/{hash}: what the autoencoder gave back of a reference image. */
export function GET(request: Request, { params }: { params: Promise<{ hash: string }> }): Promise<Response> {
  return respond(request, async () =>
    imageResponse(await readReconstructionImage((await params).hash), "public"),
  );
}
