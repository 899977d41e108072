/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalizeHost } from '../nodes/shared/transport/host';
import { parseCatalog, type Model } from '../nodes/shared/models/model';
import { AnswerCache } from './answers';
import { fetchJson, UnavailableError, UnusableError, type Pause } from './fetchJson';
import { downloadFolders } from './folder';
import type { IndexEntry, SkippedDocument, SpecsReport } from './report';
import { toRequestDocuments, type RequestDocument } from './requestDocuments';

/** The wait before each document, to spare the API. */
const PACE_MS = 250;

/** After so many unavailable documents in a row, the API counts as down. */
const MAX_UNAVAILABLE_IN_A_ROW = 3;

interface DownloadOptions {
	/** URL of the API, e.g. `https://api.aimlapi.com`. */
	host: string;
	/** The folder for downloads; see `downloadFolders`. */
	downloads: string;
	pause: Pause;
	/** Called after each document. */
	onProgress?(done: number, total: number): void;
}

/**
 * Downloads the catalog and the OpenAPI documents of the models' requests. A complete download becomes the
 * current one, and the one before it the previous one; an interrupted one is continued the next time.
 *
 * @returns what was downloaded and skipped, as in report.json
 * @throws Error if the catalog or several documents in a row are unavailable, no document is usable, or
 * the folder can't be written
 */
export async function downloadSpecs(options: DownloadOptions): Promise<SpecsReport> {
	const host = normalizeHost(options.host);
	const models = await getCatalog(host, options.pause);
	const { unfinished } = downloadFolders(options.downloads);
	const cache = new AnswerCache(unfinished);
	const documents = await getDocuments(models, host, cache, options);
	const report: SpecsReport = {
		documents: documents.found.length,
		models: models.map(({ id, type }) => ({ id, type })),
		unlinked: models.filter(({ schemaUrl }) => !schemaUrl).map(({ id }) => id),
		skipped: documents.skipped,
	};
	if (!report.documents) throw new Error(`No model of ${host} links a usable document`);
	await replaceCurrent(options.downloads, documents.found, report);
	await rm(unfinished, { recursive: true });
	return report;
}

async function getCatalog(host: string, pause: Pause): Promise<Model[]> {
	const models = parseCatalog(await fetchJson(`${host}/v1/models?include=all`, pause));
	if (!models?.length) throw new Error(`${host} lists no models`);
	return models;
}

interface ModelDocument extends RequestDocument {
	model: string;
}

async function getDocuments(
	models: Model[],
	host: string,
	cache: AnswerCache,
	{ pause, onProgress }: DownloadOptions,
): Promise<{ found: ModelDocument[]; skipped: SkippedDocument[] }> {
	const linked = models.filter(({ schemaUrl }) => schemaUrl);
	const found: ModelDocument[] = [];
	const skipped: SkippedDocument[] = [];
	let unavailableInARow = 0;
	for (const [index, { id: model, schemaUrl: url = '' }] of linked.entries()) {
		try {
			const answer = await getAnswer(toHost(url, host), cache, pause);
			found.push(...toRequestDocuments(answer).map((document) => ({ model, ...document })));
			unavailableInARow = 0;
		} catch (error) {
			if (!(error instanceof UnavailableError || error instanceof UnusableError)) throw error;
			const reason = error.message;
			unavailableInARow = error instanceof UnavailableError ? unavailableInARow + 1 : 0;
			if (unavailableInARow === MAX_UNAVAILABLE_IN_A_ROW)
				throw new Error(`${host} does not answer: ${reason}`);
			skipped.push({ model, url, reason });
		}
		onProgress?.(index + 1, linked.length);
	}
	return { found, skipped };
}

async function getAnswer(url: string, cache: AnswerCache, pause: Pause): Promise<unknown> {
	const cached = await cache.get(url);
	if (cached !== undefined) return cached;
	await pause(PACE_MS);
	const answer = await fetchJson(url, pause);
	await cache.set(url, answer);
	return answer;
}

/** The URL of a document on the host in use; the nodes move its link to their host, too. */
function toHost(url: string, host: string): string {
	if (!URL.canParse(url, host)) throw new UnusableError('its link is not a URL');
	const { pathname, search } = new URL(url, host);
	return host + pathname + search;
}

/** Writes all files into a new folder first, so that the current one is always complete. */
async function replaceCurrent(
	downloads: string,
	documents: ModelDocument[],
	report: SpecsReport,
): Promise<void> {
	const { current, previous, next } = downloadFolders(downloads);
	await rm(next, { recursive: true, force: true });
	await mkdir(next, { recursive: true });
	const index: IndexEntry[] = documents.map(({ model, endpoint }, number) => ({
		model,
		endpoint,
		file: `${String(number).padStart(4, '0')}.json`,
	}));
	for (const [number, { file }] of index.entries()) {
		await writeJson(join(next, file), documents[number].document);
	}
	await writeJson(join(next, 'report.json'), report);
	await writeJson(join(next, 'index.json'), index);
	if (existsSync(current)) {
		await rm(previous, { recursive: true, force: true });
		await rename(current, previous);
	}
	await rename(next, current);
}

const writeJson = async (path: string, value: unknown): Promise<void> =>
	await writeFile(path, `${JSON.stringify(value, undefined, '\t')}\n`);
