/** Listeners that tell how a run goes: as lines for people, as JSON Lines, as a table for a spreadsheet. */
package org.thalweg.app.listener;
