//! Words of other languages.

sentences! {
    ForeignWords foreign_form(form: text) "{form} belongs to another language";
    ForeignWords foreign_needless(form: text) "{form} is not needed here";
    ForeignWords foreign_respelled(form: text) "{form} is written in another way here";
    ForeignWords foreign_ambiguous(form: text) "{form} can mean more than one thing here";
}
