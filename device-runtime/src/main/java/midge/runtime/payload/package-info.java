/** Values as payloads, written into the caller's array: bare numbers, JSON, SenML. Start with {@link BareNumber}. */
package midge.runtime.payload;
