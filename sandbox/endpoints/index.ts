import { serveBatches } from './batches';
import { serveBilling } from './billing';
import { serveBooks } from './books';
import { serveChat } from './chat';
import { serveControl } from './control';
import { serveDocsJson } from './docsJson';
import { serveEmbeddings } from './embeddings';
import { serveFiles } from './files';
import { serveImages } from './images';
import { serveMetrics, serveModels } from './models';
import { serveMusic } from './music';
import { serveOcr } from './ocr';
import { serveResponses } from './responses';
import { serveSpeech } from './speech';
import { serveTranscription } from './transcription';
import { serveUsage } from './usage';
import { serveVideo } from './video';
import type { Routes } from '../server/server';

/** All routes, one file each. A new endpoint of the API is a new file and a line here. */
export const ROUTES: Routes = {
	api: [
		serveChat,
		serveResponses,
		serveBatches,
		serveImages,
		serveVideo,
		serveMusic,
		serveSpeech,
		serveTranscription,
		serveOcr,
		serveEmbeddings,
		serveModels,
		serveMetrics,
		serveDocsJson,
		serveBilling,
		serveUsage,
		serveBooks,
	],
	storage: serveFiles,
	control: serveControl,
};
