import type { MethodSection } from "@/components/methods/method-section";

/** What is measured on videos alone. */
export const VIDEO_SECTIONS: readonly MethodSection[] = [
  {
    id: "videos",
    title: "Videos",
    body: (
      <>
        <p>
          Both sides of a pair are played by one clock, and as many frames of each are shown. Distances are
          those of images, in the features of a video encoder: <em>FVD-toybox</em> and the kernel distance{" "}
          <em>KVD-toybox</em> by Salon&apos;s own small one, <em>FVD</em> where the operator has installed
          I3D. Frames, rate and resize are part of the protocol; no clip is counted twice to reach an n.
        </p>
        <p>
          Of clips of Toybox in motion the truth is known. A network that was trained on real clips reads
          objects, colours, verb and direction from a clip, and whether what left or was hidden came back; the
          figures are the shares of clips that show what their prompt says, with Wilson&apos;s 95% interval,
          each of the prompts that say something of it.
        </p>
        <p>
          Frame consistency is the mean likeness of each frame to the first and to the one before, in the
          features of two image encoders; a frozen video has 100%. With every distance its own sense of time
          is measured: how much larger it is when the same clips are shuffled or frozen, and how much of it is
          left when every clip is its frozen middle frame. These speak of the metric, so no model is ranked by
          them.
        </p>
      </>
    ),
  },
];
