/** How things stand in an element. */
export interface UnrolledState {
  /** The address that brings back what is shown. */
  address: string;
  /** The stage, such as `backward:3`. */
  moment: string;
  /** L. */
  loss: number;
}

/** An experiment as in a file, `unrolled-experiment/1`. */
export interface UnrolledExperiment {
  format: "unrolled-experiment/1";
  text: string;
  unit: "word" | "character" | "number";
  vocabulary?: string[];
  task:
    | { kind: "binary"; target?: 0 | 1; targets?: (0 | 1 | null)[] }
    | { kind: "classes"; labels: string[]; target?: number; targets?: (number | null)[] }
    | { kind: "values"; target?: number[]; targets?: (number[] | null)[] }
    | { kind: "next-token" };
  cell: "tanh" | "relu" | "sigmoid" | "lstm" | "gru" | "gru-reset-after";
  hidden: number;
  initial?: { h?: number[]; c?: number[] };
  reduction?: "sum" | "mean";
  weights?: Record<string, number[] | number[][]>;
  seed?: number;
  spectral_radius?: number;
  keep_bias?: number;
  learning_rate?: number;
  truncation?: number;
  clip_norm?: number;
}

/**
 * `<unrolled-rnn text="hello world" cells="4">`: the whole page in a frame, made when the element comes
 * near the window. Its attributes are the keys of an address, and `src`, where the page is served by
 * yourself.
 */
export interface UnrolledElement extends HTMLElement {
  /** Opens what an address says, such as `text=hello&at=backward.2`, with the experiment of a file if one is given. */
  open(address: string, experiment?: UnrolledExperiment): void;
  /** Shows another stage (`at`) of what is open, or points at another number (`focus`). */
  go(place: { at?: string; focus?: string }): void;
  /** Lets time run. */
  play(): void;
  /** Stops time. */
  pause(): void;
  /** How things stand; rejected when the element goes or gives no answer within 30 seconds. */
  read(): Promise<UnrolledState>;
}

/** The class of the element, which importing this module defines; nothing where there is no browser. */
export declare const UnrolledElement: { new (): UnrolledElement; prototype: UnrolledElement } | undefined;

declare global {
  interface HTMLElementTagNameMap {
    "unrolled-rnn": UnrolledElement;
  }
}
