import { serveAccount } from './account';
import { serveBatches } from './batches';
import { serveChat } from './chat';
import { serveControl } from './control';
import { serveDocsJson } from './docsJson';
import { serveFiles } from './files';
import { serveGenerations } from './generations';
import { serveMetrics, serveModels } from './models';
import { serveResponses } from './responses';
import { serveTranscription } from './transcription';
import { serveUsage } from './usage';
import type { Routes } from '../server/server';

/** All routes. A new endpoint of the API is an entry in `generations.ts`, or a file and a line here. */
export const ROUTES: Routes = {
	api: [
		serveChat,
		serveResponses,
		serveBatches,
		serveTranscription,
		serveGenerations,
		serveModels,
		serveMetrics,
		serveDocsJson,
		serveUsage,
		serveAccount,
	],
	storage: serveFiles,
	control: serveControl,
};
