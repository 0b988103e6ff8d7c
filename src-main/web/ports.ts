/** Where and how the web server listens, and what it serves. */
export interface WebSettings {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly tls: TlsSettings;
  /** Origins besides our own that a browser may call from, e.g. `https://reef.example`. */
  readonly corsOrigins: readonly string[];
  /** The built renderer; null where there is none. */
  readonly rendererDir: string | null;
  /** Swagger UI's and Redoc's own files, flat; null where there are none. */
  readonly docsUiDir: string | null;
  readonly version: string;
}

export type TlsSettings =
  | { readonly mode: "off" }
  | { readonly mode: "cert"; readonly certFile: string; readonly keyFile: string };

/** What /metrics tells besides what the API's services know. */
export interface MetricsSource {
  journal(): {
    readonly isDraining: boolean;
    readonly pendingRows: number;
    readonly spooledBatches: number;
    readonly lostRows: number;
  };
}
