/** An entry of index.json: a model, an endpoint, and the document of its requests. */
export interface IndexEntry {
	model: string;
	/** Path, e.g. `/v1/chat/completions`. */
	endpoint: string;
	/** Name of a file in the same folder. */
	file: string;
}

/** A linked document that can't be used. */
export interface SkippedDocument {
	model: string;
	url: string;
	/** Why not, e.g. `HTTP 404`. */
	reason: string;
}

/** The content of report.json: the catalog, and which documents are missing. */
export interface SpecsReport {
	/** The number of downloaded documents. */
	documents: number;
	/** The catalog in its order; a model with two endpoints has two entries. */
	models: Array<{ id: string; type: string }>;
	/** IDs of models without a link to a document. */
	unlinked: string[];
	skipped: SkippedDocument[];
}

/** The report as lines of text. */
export function toLines({ documents, models, unlinked, skipped }: SpecsReport): string[] {
	return [
		`${models.length} models, ${documents} documents`,
		...skipped.map(({ model, url, reason }) => `Skipped ${model}: ${reason} (${url})`),
		...(unlinked.length ? [`Without a document: ${unlinked.join(', ')}`] : []),
	];
}
