import type { Operation } from '../run/operation';
import { compose } from './audio/compose.operation';
import { speak } from './audio/speak.operation';
import { transcribe } from './audio/transcribe.operation';
import { createBatch } from './batch/create.operation';
import { complete } from './chat/complete.operation';
import { respond } from './chat/respond.operation';
import { extractText } from './document/extractText.operation';
import { createEmbedding } from './embedding/create.operation';
import { editImage } from './image/edit.operation';
import { generateImage } from './image/generate.operation';
import { generateVideo } from './video/generate.operation';

/** Every operation that calls a model, by resource and operation as the editor names them. */
const operations: Record<string, Record<string, Operation>> = {
	audio: { compose, speak, transcribe },
	batch: { create: createBatch },
	chat: { complete, respond },
	document: { extractText },
	embedding: { create: createEmbedding },
	image: { edit: editImage, generate: generateImage },
	video: { generate: generateVideo },
};

/** @returns `undefined` for an operation without a model */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return operations[resource]?.[operation];
}
